import { add, type Decimal, floor, format, isZero } from '@novation/decimal'
import type { EventData } from '@novation/events'
import { healthOf } from '../state/health'
import type { Account, Pool } from '../state/pool'
import { type Move, transfer } from '../state/postings'
import { settlementPlaces } from '../state/worth'

/** What one position has come to, in whole units: what moves into cash. */
interface Variation {
  readonly instrument: string
  readonly amount: Decimal
}

/** floor(positionCash + value) of each position in what can be dealt in, of these instruments; what comes to nothing is left out. */
export const variationsOf = (pool: Pool, account: Account, instruments: ReadonlySet<string>): readonly Variation[] =>
  healthOf(pool, account).positions.flatMap(({ instrument, cash, value, live }) => {
    const amount = floor(add(cash, value), settlementPlaces(pool))
    return live && instruments.has(instrument.id) && !isZero(amount) ? [{ instrument: instrument.id, amount }] : []
  })

interface Settled {
  readonly positions: EventData<'VariationSettled'>['positions']
  readonly moves: readonly Move[]
}

/** What positions of some accounts have come to moves from them into cash; what is left of a unit stays in each. */
export const settleVariations = (
  pool: Pool,
  accounts: readonly Account[],
  instruments: ReadonlySet<string>,
): Settled => {
  const all = accounts.flatMap((account) =>
    variationsOf(pool, account, instruments).map((variation) => ({ account, ...variation })),
  )
  return {
    positions: all.map(({ account, instrument, amount }) => ({
      account: account.id,
      instrument,
      amount: format(amount),
    })),
    moves: all.flatMap(({ account, instrument, amount }) => {
      const position = account.positions.get(instrument)
      return position === undefined ? [] : transfer(position, account, pool.settlementAsset ?? '', amount)
    }),
  }
}
