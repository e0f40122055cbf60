import {
  abs,
  add,
  atLeast,
  atMost,
  type Decimal,
  decimal,
  format,
  greaterThan,
  isNegative,
  isZero,
  lessThan,
  multiply,
  subtract,
  zero,
} from '@novation/decimal'
import { type Decision, reject } from '../decision'
import { lacksMargin } from '../lacking'
import { healthOf, markOf, positionMargin } from '../state/health'
import type { Account, Health, Instrument, Pool } from '../state/pool'
import { bandRefOf } from '../state/reference'
import { isTooLarge } from '../state/sizes'
import { stressAt } from '../state/stress'
import { tooLarge } from '../too-large'

/** An account before it trades. */
export interface Before {
  readonly account: Account
  readonly health: Health
  readonly held: Decimal
  /** What a jump would cost it, where it holds something beside that this may be a hedge of. */
  readonly stress?: Decimal
}

export const beforeTrade = (pool: Pool, account: Account, instrument: Instrument): Before => {
  const health = healthOf(pool, account)
  const held = account.positions.get(instrument.id)?.quantity ?? zero
  const isAlone = isZero(held) || account.positions.size === 1
  return { account, health, held, ...(isAlone ? {} : { stress: stressAt(pool, account, health) }) }
}

/** Whether a signed quantity makes less of what is held, and no more than nothing. */
export const isSmaller = (held: Decimal, quantity: Decimal): boolean => {
  const after = add(held, quantity)
  return lessThan(abs(after), abs(held)) && (isZero(after) || isNegative(after) === isNegative(held))
}

/** A reduction leaves no higher margin on positions, and no smaller part of the requirement covered: MM' <= MM, W+'*R >= W+*R'. */
const reducesRisk = (before: Health, after: Health): boolean =>
  !isNegative(before.marked) &&
  atMost(positionMargin(after), positionMargin(before)) &&
  atLeast(multiply(after.marked, before.maintenance), multiply(before.marked, after.maintenance))

/** Whether what was made smaller was a hedge, so that a jump costs more without it: for the size of an owner that is new risk. */
const losesHedge = (pool: Pool, { account, stress }: Before, after: Health): boolean =>
  stress !== undefined && greaterThan(stressAt(pool, account, after), stress)

/**
 * Why whoever trades may not give up what he likes: he stands below I before or after; or it is a reduction, which no bound
 * of size holds back, and his owner would be larger than one may be, as where what is lost is lost on coins.
 */
const boundTo = (pool: Pool, { account, health }: Before, after: Health, isReduction: boolean): string | undefined => {
  if (lessThan(health.worst, health.initial) || lessThan(after.worst, after.initial)) return 'below its initial margin'
  return isReduction && isTooLarge(pool, account) ? 'beyond what others bear of one owner' : undefined
}

/** Bound so, nobody gives up more of W+ by a trade than the band: there a price is no deal but a gift. */
const badGift = (
  pool: Pool,
  { account, health }: Before,
  after: Health,
  traded: Decimal,
  bound: string,
): Decision | undefined => {
  const given = subtract(health.marked, after.marked)
  const most = multiply(decimal(pool.parameters.reduceBand), traded)
  return greaterThan(given, most)
    ? reject(
        'beyond-band',
        `${account.id} stands ${bound} and would give up ${format(given)} by this trade, more than ${format(most)}`,
      )
    : undefined
}

/**
 * Why an account may not have traded like this, or nothing: afterwards it covers its initial margin at the worst and its owner
 * is no larger than one may be, or it has only reduced its risk, by what was no hedge or leaves its owner no larger than that. Under liquidation and while bankrupt only the second will do, or nothing will.
 */
export const badMargin = (
  pool: Pool,
  before: Before,
  instrument: Instrument,
  quantity: Decimal,
): Decision | undefined => {
  const { account, health, held } = before
  const after = healthOf(pool, account)
  const traded = multiply(abs(quantity), multiply(bandRefOf(instrument, markOf(instrument)), instrument.multiplier))
  const mayGrow = account.liquidation === undefined && !lessThan(after.worst, after.initial)
  const mayShrink = isSmaller(held, quantity) && reducesRisk(health, after)
  const bound = boundTo(pool, before, after, mayShrink)
  const gift = bound === undefined ? undefined : badGift(pool, before, after, traded, bound)
  if (gift !== undefined) return gift
  if (mayShrink) return losesHedge(pool, before, after) ? tooLarge(pool, account) : undefined
  return mayGrow ? tooLarge(pool, account) : lacksMargin(account, after)
}
