import { add, type Decimal, decimal, format, isZero, negate, zero } from '@novation/decimal'
import type { EventData, Posting } from '@novation/events'
import { accruedFunding } from '../state/health'
import { dust, fundingOf, trader } from '../state/names'
import { houseBalance, type Instrument, type Pool } from '../state/pool'
import { post, transfer } from '../state/postings'
import { legOf } from './leg'

interface SettledPositions {
  readonly positions: EventData<'InstrumentSettled'>['positions']
  readonly postings: readonly Posting[]
}

/** What several postings do to one account, as one per asset. */
const netted = (postings: readonly Posting[], account: string): readonly Posting[] => {
  const sums = new Map<string, Decimal>()
  for (const { asset, amount } of postings.filter((posting) => posting.account === account))
    sums.set(asset, add(sums.get(asset) ?? zero, decimal(amount)))
  return [
    ...postings.filter((posting) => posting.account !== account),
    ...[...sums].flatMap(([asset, sum]) => post(account, asset, sum)),
  ]
}

/** Closes the positions of some accounts at the settlement price, funding included, against `counter`. */
export const settlePositions = (
  pool: Pool,
  accounts: readonly string[],
  instrument: Instrument,
  price: Decimal,
  counter: string,
): SettledPositions => {
  const closed = accounts.flatMap((id) => {
    const account = pool.accounts.get(id)
    const position = account?.positions.get(instrument.id)
    if (account === undefined || position === undefined) return []
    const leg = legOf(pool, account, instrument, negate(position.quantity), price, counter)
    const funding = transfer(
      fundingOf(instrument.id),
      trader(id),
      pool.settlementAsset ?? '',
      accruedFunding(pool, instrument, position),
    )
    return [
      {
        position: { account: id, quantity: format(position.quantity), realised: format(leg.realised) },
        postings: [...leg.postings, ...funding],
      },
    ]
  })
  return {
    positions: closed.map(({ position }) => position),
    postings: netted(
      closed.flatMap(({ postings }) => postings),
      counter,
    ),
  }
}

/** What rounding has left in an instrument's funding account when the last position is gone: nobody's, so dust. */
export const sweepFunding = (pool: Pool, instrument: string): readonly Posting[] => {
  const asset = pool.settlementAsset ?? ''
  const left = houseBalance(pool, fundingOf(instrument), asset)
  return isZero(left) ? [] : transfer(fundingOf(instrument), dust, asset, left)
}
