import { type Decimal, format, isNegative, isZero, negate } from '@novation/decimal'
import { accepted, type Decide, type Decision, type Draft, reject } from '../decision'
import { endIfOver } from '../liquidation/end'
import { healthOf, instrumentOf } from '../state/health'
import type { Account, Instrument, Pool } from '../state/pool'
import type { RecentTrade, SideBefore } from '../state/values'
import { isElsewhere } from './clear-trade'
import { settleFundingIn } from './funding'
import { isSmaller } from './margin-after'
import { reversalOf } from './reversal'
import { whyClosed, whyDoubtful } from './why-closed'

/** One side of what is to be taken back, and the signed change of its position. */
interface Side {
  readonly account: Account
  readonly before: SideBefore
  readonly quantity: Decimal
}

const sidesOf = (pool: Pool, { buyer, seller, quantity }: RecentTrade): readonly Side[] =>
  [
    { before: buyer, quantity: negate(quantity) },
    { before: seller, quantity },
  ].map((side) => {
    const account = pool.accounts.get(side.before.account)
    if (account === undefined) throw new RangeError(`a trade names ${side.before.account}, which was never opened`)
    return { ...side, account }
  })

/** Under liquidation a position is only made smaller. */
const isWindingUp = ({ account, quantity }: Side, { id }: Instrument): boolean => {
  const held = account.positions.get(id)?.quantity
  return account.liquidation !== undefined && (held === undefined || !isSmaller(held, quantity))
}

const tooLate = (trade: string): Decision => reject('too-late', `trade ${trade} was cleared too long ago to be busted`)

/** What keeps a trade from being taken back, in order of precedence. */
const badBust = (
  pool: Pool,
  trade: string,
  { until }: RecentTrade,
  instrument: Instrument,
  sides: readonly Side[],
): Decision | undefined => {
  const elsewhere = sides.find(({ account }) => isElsewhere(account, instrument.id))?.account
  if (elsewhere !== undefined)
    return reject('isolated-account', `${elsewhere.id} is isolated and holds another instrument by now`)
  const closed = whyClosed(pool, instrument)
  if (closed !== undefined) return reject('not-trading', closed)
  const closing = sides.find((side) => isWindingUp(side, instrument))?.account
  if (closing !== undefined)
    return reject(
      'under-liquidation',
      `${closing.id} is being liquidated (${closing.liquidation?.id}): its positions are only made smaller`,
    )
  if (pool.at > until) return tooLate(trade)
  return instrument.stand.live ? undefined : reject('stale-price', whyDoubtful(instrument))
}

/** What both sides would be worth at the best: nobody is made a debtor by what another did wrong. */
const belowZero = (pool: Pool, sides: readonly Side[]): Decision | undefined => {
  for (const { account } of sides) {
    const { best } = healthOf(pool, account)
    if (isNegative(best))
      return reject('insufficient-margin', `${account.id} would be worth ${format(best)}, which is below zero`)
  }
  return undefined
}

const bust = (
  draft: Draft,
  trade: string,
  cleared: RecentTrade,
  instrument: Instrument,
  sides: readonly Side[],
): void => {
  for (const { account } of sides) settleFundingIn(draft, account, instrument.id)
  const reversed = sides.map(({ account, before, quantity }) =>
    reversalOf(draft, account, instrument, before, quantity, cleared.price),
  )
  draft.record(
    'TradeBusted',
    {
      trade,
      instrument: instrument.id,
      price: format(cleared.price),
      corrects: cleared.revision,
      sides: reversed.map(({ account, quantity, held, reversed: back, realised, crowding }) => ({
        account: account.id,
        quantity: format(quantity),
        held: format(held),
        reversed: format(back),
        realised: format(realised),
        ...(isZero(crowding) ? {} : { crowding: format(crowding) }),
      })),
    },
    reversed.flatMap(({ moves }) => moves),
  )
}

/**
 * A trade that was a mistake is taken back within `bust_s`: both sides deal the other way at its price, whatever the mark is by
 * now, and what it had realised for them is given back. Margins are not asked, for nobody asked for this; but nobody is left
 * below zero by it. What was paid in funding meanwhile stays, and so does what was filled of orders.
 */
export const bustTrade: Decide<'BustTrade'> = (draft, { trade }) => {
  const { pool } = draft
  const cleared = pool.recentTrades.get(trade)
  if (cleared?.busted === true) return reject('unknown-trade', `trade ${trade} was busted before`)
  if (cleared === undefined)
    return pool.trades.has(trade)
      ? tooLate(trade)
      : reject('unknown-trade', `no trade ${trade} was cleared in this pool`)
  const instrument = instrumentOf(pool, cleared.instrument)
  const sides = sidesOf(pool, cleared)
  const unfit = badBust(pool, trade, cleared, instrument, sides)
  if (unfit !== undefined) return unfit
  bust(draft, trade, cleared, instrument, sides)
  const below = belowZero(pool, sides)
  if (below !== undefined) return below
  for (const { account } of sides) endIfOver(draft, account)
  return accepted
}
