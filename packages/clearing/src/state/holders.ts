import type { Account, Pool } from './pool'

/** Everybody who holds an instrument, in order of id. */
export const holdersOf = (pool: Pool, instrument: string): readonly Account[] =>
  [...(pool.instruments.get(instrument)?.holders ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1))
