import type { Schema } from '@novation/events'
import { right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { asyncApi } from '../describe/async-api'
import { openApi } from '../describe/open-api'
import { answer } from './answers'
import { value } from './described'
import type { Line } from './line'
import { readQuery } from './query'

const documentLine = (name: string, summary: string, write: () => Schema): Line => {
  let text: string | undefined
  return {
    method: 'GET',
    path: `/${name}.json`,
    name,
    summary,
    seenBy: 'public',
    query: {},
    answers: value(t.UnknownRecord),
    serve: async (_, asked) => {
      const query = readQuery({}, asked.query)
      if (query._tag === 'Left') return query
      text ??= `${JSON.stringify(write())}\n`
      return right(answer(200, 'application/json', text))
    },
  }
}

/** What describes these lines to programs. */
export const documentsOf = (lines: readonly Line[]): readonly Line[] => [
  documentLine('openapi', 'All that is answered, as OpenAPI 3.1', () => openApi(lines)),
  documentLine('asyncapi', 'All that is told, as AsyncAPI 3.0', () => asyncApi(lines)),
]
