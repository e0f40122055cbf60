import { type Decimal, isPositive, subtract, toNumber, zero } from '@novation/decimal'
import { type Axis, type Band, fundingAxis, leave, newPlace, type Place, place, priceAxis } from './axis'
import { roundingOf } from './health'
import type { Account, AccountStand, Asset, Health, Pool, Valued } from './pool'

/** How far equity may fall, and rise, before a line is crossed that changes what is asked about the account. */
interface Room {
  readonly below: number
  readonly above: number
}

const nowhere = Number.POSITIVE_INFINITY

/** By how much worth stands above each line, at the worst and at the best; below zero, by how much it is below. */
const above = ({ worst, best, initial, callLine, maintenance }: Health): readonly Decimal[] => [
  subtract(worst, initial),
  subtract(best, callLine),
  subtract(best, maintenance),
  subtract(best, zero),
]

/** The lines are signed: what harms the account leads to the next one below, what helps it to the one above. */
const linesOf = (health: Health): Room => {
  const distances = above(health).map(toNumber)
  return {
    below: Math.min(nowhere, ...distances.filter((distance) => distance >= 0)),
    above: Math.min(nowhere, ...distances.filter((distance) => distance < 0).map(Math.abs)),
  }
}

/**
 * Under liquidation, what a fill has kept and the buffer are lines too: such an account is judged at every move. The last
 * digits are given away against rounding, and against that of the doubles themselves.
 */
const roomOf = (pool: Pool, account: Account, health: Health): Room => {
  if (account.liquidation !== undefined) return { below: 0, above: 0 }
  const { below, above } = linesOf(health)
  const rounding = roundingOf(pool, account)
  const within = (line: number): number => Math.max(0, line - rounding) * (1 - 1e-9)
  return { below: within(below), above: within(above) }
}

/** Something that an account's worth and margin follow: by at most `slope` for each unit it moves. */
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

/** Of what a position's price and its funding have room for together, funding has so much. */
const fundingPart = 0.1

/**
 * Worth and margin together change by at most `2 x |quantity| x multiplier` per unit of price: each marginal rate is at
 * most 1. While the price is not fresh, the gap goes with it, for or against the account.
 */
const positionSources = ({ instrument, quantity, mark }: Valued): readonly Source[] => {
  const { stand } = instrument
  const price = toNumber(mark)
  const held = Math.abs(toNumber(quantity))
  const size = held * toNumber(instrument.multiplier)
  const isLong = isPositive(quantity)
  const isWorn = stand.wear.step > 0
  const slope = size * (isWorn ? 2 + toNumber(instrument.gap) : 2)
  const isDated = instrument.kind === 'future'
  const part = isDated ? 1 : 1 - fundingPart
  stand.axis ??= priceAxis(price)
  const byPrice = { axis: stand.axis, value: price, slope, isLong, part, isUnsigned: isWorn }
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
