import { streamOf } from '@novation/events'
import type { EventStore } from '@novation/platform'

const prefix = streamOf('')

/** The pool a ledger began with, or nothing where it holds none. */
export const poolOf = async (store: EventStore): Promise<string | undefined> => {
  for await (const { stream } of store.readAll(prefix, undefined)) return stream.slice(prefix.length)
  return undefined
}
