import type { Schema } from '@novation/events'
import { table } from '../http/routes'
import { asyncApi } from './async-api'
import { openApi } from './open-api'

const text = (document: Schema): string => `${JSON.stringify(document, null, 2)}\n`

/** Every generated file below `schema/`, by its name. */
export const describedFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ['openapi.json', text(openApi(table))],
    ['asyncapi.json', text(asyncApi(table))],
  ])
