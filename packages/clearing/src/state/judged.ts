import type { Pool } from './pool'

/** Accounts judged since a place, and the place to read on from; nothing where so far back nothing is known any more. */
export const judgedSince = (
  { standing: { judged } }: Pool,
  place: number,
): { readonly ids: ReadonlySet<string> | undefined; readonly place: number } => ({
  ids: place < judged.from ? undefined : new Set(judged.ids.slice(place - judged.from)),
  place: judged.from + judged.ids.length,
})
