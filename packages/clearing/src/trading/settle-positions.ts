import { add, type Decimal, format, isZero, negate, zero } from '@novation/decimal'
import type { EventData } from '@novation/events'
import type { Draft } from '../decision'
import { accruedFunding } from '../state/health'
import type { Account, House, Instrument, Pool } from '../state/pool'
import { type Move, post, transfer } from '../state/postings'
import { legOf } from './leg'

interface SettledPositions {
  readonly positions: EventData<'InstrumentSettled'>['positions']
  readonly moves: readonly Move[]
}

/** What several postings do to one of the house's accounts, as one per asset. */
const netted = (moves: readonly Move[], house: House): readonly Move[] => {
  const sums = new Map<string, Decimal>()
  for (const { of, asset, amount } of moves) if (of === house) sums.set(asset, add(sums.get(asset) ?? zero, amount))
  return [...moves.filter(({ of }) => of !== house), ...[...sums].flatMap(([asset, sum]) => post(house, asset, sum))]
}

/** Closes the positions of some accounts at the settlement price, funding included, against `counter`. */
export const settlePositions = (
  draft: Draft,
  accounts: readonly Account[],
  instrument: Instrument,
  price: Decimal,
  counter: House,
): SettledPositions => {
  const asset = draft.pool.settlementAsset ?? ''
  const closed = accounts.flatMap((account) => {
    const position = account.positions.get(instrument.id)
    if (position === undefined) return []
    const leg = legOf(draft, account, instrument, negate(position.quantity), price, counter)
    const accrued = accruedFunding(draft.pool, position)
    return [
      {
        position: {
          account: account.id,
          quantity: format(position.quantity),
          realised: format(leg.realised),
          ...(isZero(accrued) ? {} : { funding: format(accrued) }),
        },
        moves: [...leg.moves, ...transfer(instrument.funding, account, asset, accrued)],
      },
    ]
  })
  return {
    positions: closed.map(({ position }) => position),
    moves: netted(
      closed.flatMap(({ moves }) => moves),
      counter,
    ),
  }
}

/** What rounding has left in an instrument's funding account when the last position is gone: nobody's, so dust. */
export const sweepFunding = ({ dust, settlementAsset: asset = '' }: Pool, { funding }: Instrument): readonly Move[] =>
  transfer(funding, dust, asset, funding.balances.get(asset) ?? zero)
