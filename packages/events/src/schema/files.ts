import { currentVersion } from '../upcast'
import { asyncApi } from './async-api'
import { commandSchema, commandTypes, eventSchema, eventTypes } from './documents'
import type { Schema } from './schema-of'

const text = (schema: Schema): string => `${JSON.stringify(schema, null, 2)}\n`

/** Every generated file below `schema/`, by its path. A schema of a former version stays as it was written then. */
export const schemaFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ...commandTypes.map((type) => [`commands/${type}.json`, text(commandSchema(type))] as const),
    ...eventTypes.map((type) => [`events/${type}.v${currentVersion(type)}.json`, text(eventSchema(type))] as const),
    ['asyncapi.json', text(asyncApi())] as const,
  ])
