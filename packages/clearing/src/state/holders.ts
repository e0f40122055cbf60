import type { Pool } from './pool'

/**
 * Everybody who holds an instrument, in order of id. A judged pool keeps a band for each position, so nobody else needs
 * to be looked at; in a draft of it, holders who are new to the instrument are missing.
 */
export const holdersOf = (pool: Pool, instrument: string): readonly string[] =>
  [...(pool.standing.triggers.get(instrument)?.placed.keys() ?? [])]
    .filter((id) => pool.accounts.get(id)?.positions.has(instrument))
    .sort()
