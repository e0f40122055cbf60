import {
  add,
  apportion,
  type Decimal,
  divideFloor,
  floor,
  isPositive,
  isZero,
  max,
  min,
  minRatio,
  multiply,
  one,
  type Ratio,
  ratio,
  subtract,
  sum,
  whole,
  zero,
} from '@novation/decimal'
import type { Amount } from './amounts'
import { byId } from './ids'
import { weightsOf } from './weights'

/**
 * An instrument's share of the prefunded layers: `min(1, share * g_n / sum of g)`, `g` what a gap would cost its longs;
 * all where it is alone, or nothing could be lost in any.
 */
export const instrumentShare = (share: Decimal, own: Decimal, others: Decimal): Ratio => {
  const all = add(own, others)
  return isZero(others) ? whole(one) : minRatio(whole(one), ratio(multiply(share, own), all))
}

/** What an account is missing, whose it is, and what it was in when its default began. */
export interface Standing {
  readonly id: string
  readonly owner: string
  /** A hole, or a premium; in whole units. */
  readonly amount: Decimal
  /** For each coin what it has fallen: its amount times `high - worst`, not below zero. */
  readonly coins: readonly Amount[]
  /** For each instrument what was required. */
  readonly instruments: readonly Amount[]
}

/** What one account may be paid: on which coins and instruments the loss stands, each part within its cap. */
export interface Allowed {
  readonly id: string
  readonly amount: Decimal
  readonly parts: readonly Amount[]
}

/** What is left of each cap, of owners, and of coins and instruments, whose names are never the same. */
export interface Caps {
  readonly owner: (id: string) => Decimal
  readonly part: (id: string) => Decimal
}

const split = (amount: Decimal, over: readonly Amount[], places: number): readonly Amount[] => {
  const sorted = [...over].sort(byId)
  const weights = weightsOf(sorted.map(({ amount: weight }) => ({ required: weight, value: zero })))
  const shares = apportion(amount, weights, places)
  return sorted.map(({ id }, i) => ({ id, amount: shares[i] ?? zero }))
}

/**
 * On what a loss stands: first on the coins, on each up to what it has fallen, in that proportion; the rest on the
 * instruments by what they required. All on the coins where there were no positions, and on nothing where there was neither. By largest remainder, ties by id.
 */
export const standsOn = ({ amount, coins, instruments }: Standing, places: number): readonly Amount[] => {
  if (instruments.length === 0) return coins.length === 0 ? [] : split(amount, coins, places)
  const fallen = coins
    .map((coin) => ({ ...coin, amount: floor(coin.amount, places) }))
    .filter((coin) => isPositive(coin.amount))
  const byCoins = min(amount, sum(fallen.map((coin) => coin.amount)))
  const onCoins = isPositive(byCoins) ? split(byCoins, fallen, places) : []
  return [...onCoins, ...split(subtract(amount, byCoins), instruments, places)].filter((part) =>
    isPositive(part.amount),
  )
}

/** Each of a group as far as what is left of their cap goes: the whole where it reaches, else in proportion. */
const within = (left: Decimal, amounts: readonly Decimal[], proportion: (total: Decimal) => readonly Decimal[]) => {
  const wanted = sum(amounts)
  return isPositive(subtract(wanted, left)) ? proportion(max(zero, left)) : amounts
}

/**
 * What of several losses at once is within the caps: of each owner (by largest remainder, ties by id), then of each coin
 * and instrument, in proportion, rounded down. The order of the losses does not matter.
 */
export const withinCaps = (losses: readonly Standing[], caps: Caps, places: number): readonly Allowed[] => {
  const sorted = [...losses].sort(byId)
  const byOwner = new Map<string, Standing[]>()
  for (const loss of sorted) byOwner.set(loss.owner, [...(byOwner.get(loss.owner) ?? []), loss])
  const ofOwner = new Map<string, Decimal>()
  for (const [owner, own] of byOwner) {
    const amounts = own.map(({ amount }) => amount)
    const allowed = within(caps.owner(owner), amounts, (total) => apportion(total, amounts, places))
    for (const [i, { id }] of own.entries()) ofOwner.set(id, allowed[i] ?? zero)
  }

  const parts = sorted.map((loss) => standsOn({ ...loss, amount: ofOwner.get(loss.id) ?? zero }, places))
  const wanted = new Map<string, Decimal>()
  for (const { id, amount } of parts.flat()) wanted.set(id, add(wanted.get(id) ?? zero, amount))
  const capped = ({ id, amount }: Amount): Amount => {
    const all = wanted.get(id) ?? zero
    const [share = zero] = within(caps.part(id), [all], (left) => [left])
    return { id, amount: isZero(all) ? zero : divideFloor(multiply(amount, share), all, places) }
  }
  return sorted.map(({ id }, i) => {
    const own = (parts[i] ?? []).map(capped)
    return {
      id,
      amount: own.length === 0 ? (ofOwner.get(id) ?? zero) : sum(own.map(({ amount }) => amount)),
      parts: own,
    }
  })
}

/** What is drawn under each cap once so much of what is allowed has been paid: in the proportion of the parts. */
export const drawnUnder = ({ amount, parts }: Allowed, paid: Decimal, places: number): readonly Amount[] =>
  isZero(amount) ? [] : split(min(paid, amount), parts, places)
