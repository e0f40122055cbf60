import { type Decimal, isPositive, multiply, subtract, toNumber } from '@novation/decimal'
import { type Axis, type Band, fundingAxis, leave, newPlace, type Place, place, priceAxis } from './axis'
import { roundingOf } from './health'
import type { Account, AccountStand, Asset, Health, Instrument, Pool, Valued } from './pool'

/** How far equity may fall, and rise, before a line is crossed that changes what is asked about the account. */
interface Room {
  readonly below: number
  readonly above: number
}

const nowhere = Number.POSITIVE_INFINITY

const distance = (a: Decimal, b: Decimal): number => Math.abs(toNumber(subtract(a, b)))

/** The lines are signed: what harms the account leads to the next one below, what helps it to the one above. */
const linesOf = ({ equity, initial, maintenance, status }: Health): Room => {
  switch (status) {
    case 'healthy':
      return { below: distance(equity, initial), above: nowhere }
    case 'restricted':
      return { below: distance(equity, maintenance), above: distance(equity, initial) }
    case 'liquidatable':
      return { below: Math.abs(toNumber(equity)), above: distance(equity, maintenance) }
    case 'bankrupt':
      return { below: nowhere, above: Math.abs(toNumber(equity)) }
  }
}

/**
 * Under liquidation, what a fill has kept and the buffer are lines too: such an account is judged at every move. The last
 * digits are given away against rounding, and against that of the doubles themselves.
 */
const roomOf = (pool: Pool, account: Account, health: Health): Room => {
  if (account.liquidation !== undefined) return { below: 0, above: 0 }
  const { below, above } = linesOf(health)
  const rounding = roundingOf(pool, health.positions.length)
  const within = (line: number): number => Math.max(0, line - rounding) * (1 - 1e-9)
  return { below: within(below), above: within(above) }
}

/** Something that an account's equity and margin follow: by at most `slope` for each unit it moves. */
interface Source {
  readonly axis: Axis<Account>
  readonly value: number
  readonly slope: number
  /** Whether the account gains when it rises. */
  readonly isLong: boolean
  /** Its part of the room. */
  readonly part: number
  /** Whether what helps may come to harm, so that the nearer line counts both ways. */
  readonly isUnsigned: boolean
}

/** Under open-interest scaling the initial rate itself moves with the price; the band never reaches twice the price. */
const scalingSlope = ({ margin, openInterest, multiplier }: Instrument, price: number, size: number): number => {
  const scaling = margin.openInterestScaling
  if (scaling === undefined) return 0
  const interest = toNumber(multiply(openInterest, multiplier))
  return (2 * price * size * interest) / toNumber(subtract(scaling.upper, scaling.lower))
}

/** Of what a position's price and its funding have room for together, funding has so much. */
const fundingPart = 0.1

/** Equity and margin together change by at most `2 x |quantity| x multiplier` per unit of price: each marginal rate is at most 1. */
const positionSources = ({ instrument, quantity, mark }: Valued): readonly Source[] => {
  const { stand } = instrument
  const price = toNumber(mark)
  const held = Math.abs(toNumber(quantity))
  const size = held * toNumber(instrument.multiplier)
  const isLong = isPositive(quantity)
  const scaled = scalingSlope(instrument, price, size)
  const isDated = instrument.kind === 'future'
  const part = isDated ? 1 : 1 - fundingPart
  stand.axis ??= priceAxis(price)
  const byPrice = { axis: stand.axis, value: price, slope: size * 2 + scaled, isLong, part, isUnsigned: scaled > 0 }
  if (isDated) return [byPrice]
  const index = toNumber(instrument.fundingIndex)
  stand.funding ??= fundingAxis(index, price)
  const byFunding = { axis: stand.funding, value: index, slope: held, isLong: !isLong, part: fundingPart }
  return [byPrice, { ...byFunding, isUnsigned: false }]
}

const collateralSource = (asset: Asset | undefined, amount: Decimal): Source | undefined => {
  if (asset?.price === undefined || asset.settlement) return undefined
  const price = toNumber(asset.price.value)
  asset.stand.axis ??= priceAxis(price)
  const slope = Math.abs(toNumber(amount))
  return { axis: asset.stand.axis, value: price, slope, isLong: isPositive(amount), part: 1, isUnsigned: false }
}

const sourcesOf = (pool: Pool, account: Account, { positions }: Health): readonly Source[] => {
  const sources = positions.flatMap(positionSources)
  if (pool.assets.size > 1)
    for (const [id, amount] of account.balances)
      sources.push(...optional(collateralSource(pool.assets.get(id), amount)))
  return sources
}

const optional = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value])

/** A band within which, whatever the other sources do within theirs, no line is crossed. */
const bandOf = ({ value, slope, isLong, part, isUnsigned }: Source, { below, above }: Room, parts: number): Band => {
  const each = (room: number): number => (room * part) / parts / (slope * (1 + 1e-9))
  const [harm, help] = isUnsigned ? [Math.min(below, above), Math.min(below, above)] : [below, above]
  const down = each(isLong ? harm : help)
  const up = each(isLong ? help : harm)
  return isUnsigned ? { value, down: Math.min(down, value), up: Math.min(up, value) } : { value, down, up }
}

/** Where the account has stood so far, and anew; places on axes that it no longer follows are left. */
const placesFor = (stand: AccountStand, account: Account, sources: readonly Source[]): readonly Place<Account>[] => {
  const old = stand.places
  if (old.length === sources.length && old.every(({ axis }, i) => axis === sources[i]?.axis)) return old
  const places = sources.map(({ axis }) => old.find((known) => known.axis === axis) ?? newPlace(axis, account))
  for (const left of old)
    if (!places.includes(left)) {
      left.axis.lackingSlope -= left.lackingSlope
      left.lackingSlope = 0
      leave(left)
    }
  stand.places = places
  return places
}

/** Places the account's triggers for what it now holds, and counts what it lacks, if it lacks anything, to each axis. */
export const placeBands = (pool: Pool, account: Account, health: Health): void => {
  const sources = sourcesOf(pool, account, health)
  const places = placesFor(account.stand, account, sources)
  const room = roomOf(pool, account, health)
  const parts = sources.reduce((sum, { part }) => sum + part, 0)
  const isBankrupt = health.status === 'bankrupt'
  for (const [i, source] of sources.entries()) {
    const at = places[i]
    if (at === undefined) continue
    place(at, bandOf(source, room, parts))
    const slope = isBankrupt ? source.slope : 0
    at.axis.lackingSlope += slope - at.lackingSlope
    at.lackingSlope = slope
  }
}

/** Takes an account away from everything it follows. */
export const leaveBands = (account: Account): void => void placesFor(account.stand, account, [])
