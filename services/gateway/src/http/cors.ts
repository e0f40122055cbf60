import type { Asked, Route, Said } from '@novation/platform'
import { saidHeaders } from '../describe/words'
import { problemAnswer } from './answers'
import { foreign, foreignOrigin } from './host'

/** What a page of a site that is named with `--cors` may ask, and read of an answer. No cookie counts for it: it brings a token along. */
const methods = 'GET, POST, DELETE'
const asks = 'Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, Prefer'
const reads = [...Object.keys(saidHeaders), 'Retry-After'].join(', ')
const remembered_s = '600'

const named = ({ headers: { origin } }: Asked, cors: readonly string[]): string | undefined =>
  origin !== undefined && cors.includes(origin) ? origin : undefined

/** An answer, so that a page of such a site may read it. */
export const readableBy = (said: Said, asked: Asked, cors: readonly string[]): Said => {
  const origin = named(asked, cors)
  const vary = { vary: said.headers.vary === undefined ? 'Origin' : `${said.headers.vary}, Origin` }
  const shared = {
    'access-control-allow-origin': origin ?? '',
    'access-control-expose-headers': reads,
  }
  return { ...said, headers: { ...said.headers, ...vary, ...(origin === undefined ? {} : shared) } }
}

/** Browsers ask first whether a page may ask. */
export const preflight = (cors: readonly string[], origins: readonly string[]): Route => ({
  method: 'OPTIONS',
  path: '/v1/*',
  handle: (asked) => {
    const strange = foreign({ ...asked, method: 'GET' }, origins, cors)
    if (strange !== undefined) return problemAnswer(strange, asked.id)
    if (named(asked, cors) === undefined) return problemAnswer(foreignOrigin, asked.id)
    const may = {
      'access-control-allow-methods': methods,
      'access-control-allow-headers': asks,
      'access-control-max-age': remembered_s,
    }
    return readableBy({ status: 204, headers: may, body: '' }, asked, cors)
  },
})
