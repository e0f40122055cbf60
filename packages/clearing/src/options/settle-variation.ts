import { accepted, type Decide, reject } from '../decision'
import { holdersOfAny } from '../state/expiries'
import type { Pool } from '../state/pool'
import { endRestored } from '../trading/settle-instrument'
import { settleVariations, variationsOf } from './variation'

/** All that is named, or all there is, as far as it can be dealt in now. */
const liveOf = (pool: Pool, named: readonly string[] | undefined) =>
  [...pool.instruments.values()].filter(({ id, stand }) => stand.live && (named === undefined || named.includes(id)))

/**
 * Profit and loss of positions become cash, at the mark, whatever the positions are: they stay as they are, and cost from now on
 * what they are worth. It is a gain that is fresh from now. Where more accounts hold them than one append can carry, it goes on as a bulk.
 */
export const settleVariation: Decide<'SettleVariation'> = (draft, { instruments: named }) => {
  const { pool } = draft
  const unknown = named?.find((id) => !pool.instruments.has(id))
  if (unknown !== undefined) return reject('unknown-instrument', `no instrument ${unknown} in this pool`)
  const members = liveOf(pool, named)
  if (members.length === 0) return reject('stale-price', 'nothing of it has a fresh price and an open market')
  const instruments = new Set(members.map(({ id }) => id))
  const holders = holdersOfAny(members).filter((account) => variationsOf(pool, account, instruments).length > 0)
  if (holders.length === 0) return reject('nothing-due', 'no position has come to anything that is not settled')
  const held = members.reduce((count, { holders: of }) => count + of.size, 0)
  if (held > pool.parts.accounts) {
    draft.record('BulkStarted', {
      bulk: `variation:${pool.revision + 1}`,
      what: 'variation',
      accounts: holders.length,
      instruments: [...instruments].sort(),
    })
    return accepted
  }
  const { positions, moves } = settleVariations(pool, holders, instruments)
  draft.record('VariationSettled', { positions }, moves)
  endRestored(draft, holders)
  return accepted
}
