import { type Decimal, isNegative, max, subtract, zero } from '@novation/decimal'
import { parseTime } from '@novation/events'
import { expiryName, expiryOf } from './markets'
import type { Account, Instrument, Pool } from './pool'
import type { ExpiryNow } from './risk'

// An expiry: all options on an underlying that end at one time, and all dated futures of it.

/** Which one: of what, and when, as an RFC 3339 time. */
export interface ExpiryOf {
  readonly underlying: string
  readonly expiry: string
}

/** Whether it ends with its underlying's expiry: a perpetual that is delisted does not, nor what is settled at an index of its own. */
export const isDated = ({ kind, settlement }: Instrument): boolean => kind !== 'perpetual' && settlement === undefined

/** The one that an instrument ends with, where that is settled as a whole. */
export const wholeExpiryOf = (pool: Pick<Pool, 'risk'>, instrument: Instrument): (ExpiryNow & ExpiryOf) | undefined => {
  const { underlying, expiry } = instrument
  const known = expiry === undefined || !isDated(instrument) ? undefined : expiryOf(pool, underlying, expiry)
  return known && { ...known, underlying, expiry: expiryName(known.at) }
}

/** Everything that ends with it and is not settled, in order of id. */
export const membersOf = (pool: Pick<Pool, 'instruments'>, { underlying, expiry }: ExpiryOf): readonly Instrument[] => {
  const at = parseTime(expiry)
  return [...pool.instruments.values()]
    .filter((each) => each.underlying === underlying && each.expiry === at && isDated(each) && !each.settled)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Whether its positions are closed in parts just now. */
export const isSettling = ({ bulk }: Pick<Pool, 'bulk'>, instrument: Instrument): boolean => {
  if (bulk?.what !== 'expiry') return bulk?.instrument === instrument.id
  const { underlying, expiry } = instrument
  return (
    isDated(instrument) && expiry !== undefined && bulk.underlying === underlying && bulk.expiry === expiryName(expiry)
  )
}

/** Whoever holds any of these, in order of id. */
export const holdersOfAny = (members: readonly Instrument[]): readonly Account[] =>
  [...new Set(members.flatMap(({ holders }) => [...holders]))].sort((a, b) => (a.id < b.id ? -1 : 1))

/** What one unit comes to at the price of the expiry: an option what it is exercised for, and never less than nothing. */
export const payoffOf = ({ option }: Instrument, price: Decimal): Decimal => {
  if (option === undefined) return price
  const { strike, optionType } = option
  return max(zero, optionType === 'call' ? subtract(price, strike) : subtract(strike, price))
}

/** What falls due by name: no underlying is so long that both do not fit. */
export const dueName = ({ underlying, expiry }: ExpiryOf): string => `${underlying}:${expiry}`

const timeLength = '2020-03-12T10:00:00.000Z'.length

export const dueNamed = (name: string): ExpiryOf => ({
  underlying: name.slice(0, -timeLength - 1),
  expiry: name.slice(-timeLength),
})

export const owedOf = (gain: Decimal): Decimal => (isNegative(gain) ? subtract(zero, gain) : zero)
