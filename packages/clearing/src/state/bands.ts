import { type Decimal, isPositive, subtract, toNumber } from '@novation/decimal'
import { type Axis, type Band, fundingAxis, leave, newPlace, type Place, place, priceAxis, signedAxis } from './axis'
import { roundingOf } from './health'
import type { Account, AccountStand, Asset, Health, Pool, Valued } from './pool'
import type { PriceStand } from './price-stand'
import { refOf } from './reference'

/** How far equity may fall, and rise, before a line is crossed that changes what is asked about the account. */
interface Room {
  readonly below: number
  readonly above: number
}

const nowhere = Number.POSITIVE_INFINITY

/** The lines are signed: what harms the account leads to the next one below, what helps it to the one above. */
const linesOf = ({ worst, best, initial, callLine, maintenance }: Health): Room => {
  let [below, above] = [nowhere, nowhere]
  /** By how much worth stands above a line; below zero, by how much it is below. */
  const line = (distance: number): void => {
    if (distance >= 0) below = Math.min(below, distance)
    else above = Math.min(above, -distance)
  }
  line(toNumber(subtract(worst, initial)))
  line(toNumber(subtract(best, callLine)))
  line(toNumber(subtract(best, maintenance)))
  line(toNumber(best))
  return { below, above }
}

const none: Room = { below: 0, above: 0 }

/**
 * Under liquidation, what a fill has kept and the buffer are lines too: such an account is judged at every move. So is a portfolio,
 * whose requirement moves otherwise than any of its prices. So is one
 * that stands no further from a line than rounding may carry it, since where margin rises as fast as worth does, a move that
 * helps may cost a cent. The last digits are given away against rounding, and against that of the doubles themselves.
 */
const roomOf = (pool: Pool, account: Account, health: Health): Room => {
  if (account.liquidation !== undefined || account.margin === 'portfolio') return none
  const { below, above } = linesOf(health)
  const rounding = roundingOf(pool, account)
  if (Math.min(below, above) <= rounding) return none
  const within = (line: number): number => (line - rounding) * (1 - 1e-9)
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
  /** Whether it may come to nothing, and below. */
  readonly isSigned: boolean
}

/** Of what a position's price and its funding have room for together, funding has so much. */
const fundingPart = 0.1
const pricePart = 1 - fundingPart

/** Worth alone follows the slow price of an index, at the worst or at the best: no margin does. */
const addSlow = (
  sources: Source[],
  stand: PriceStand<Account>,
  slow: Decimal | undefined,
  so: Pick<Source, 'slope' | 'isLong'>,
): void => {
  if (slow === undefined) return
  const value = toNumber(slow)
  stand.slow ??= priceAxis(value)
  sources.push({ axis: stand.slow, value, ...so, part: 1, isUnsigned: false, isSigned: false })
}

/**
 * Worth and margin together change by at most `2 x |quantity| x multiplier` per unit of price: each marginal rate is at
 * most 1. While the price is not fresh, the gap goes with it, for or against the account.
 */
const addPosition = (sources: Source[], { instrument, quantity, mark }: Valued): void => {
  // Whoever holds an option is judged whenever its mark is made anew.
  if (instrument.option !== undefined) return
  const { stand } = instrument
  const price = toNumber(mark)
  const held = Math.abs(toNumber(quantity))
  const size = held * toNumber(instrument.multiplier)
  const isLong = isPositive(quantity)
  const isWorn = stand.wear.step > 0
  const slow = instrument.price?.slow
  // Beside a slow price the mark may rise and nothing be gained at the worst, while margin rises with it.
  const isUnsigned = isWorn || slow !== undefined
  const slope = size * (isWorn ? 2 + toNumber(instrument.gap) : 2)
  const isDated = instrument.kind === 'future'
  const { marginFloor } = instrument
  stand.axis ??= marginFloor === undefined ? priceAxis(price) : signedAxis(price, toNumber(marginFloor))
  const isSigned = marginFloor !== undefined
  sources.push({ axis: stand.axis, value: price, slope, isLong, part: isDated ? 1 : pricePart, isUnsigned, isSigned })
  addSlow(sources, stand, slow, { slope: size, isLong })
  if (isDated) return
  const index = toNumber(instrument.fundingIndex)
  stand.funding ??= fundingAxis(index, toNumber(refOf(instrument, mark)))
  const axis = stand.funding
  sources.push({
    axis,
    value: index,
    slope: held,
    isLong: !isLong,
    part: fundingPart,
    isUnsigned: false,
    isSigned: true,
  })
}

const addCoin = (sources: Source[], asset: Asset | undefined, amount: Decimal): void => {
  if (asset?.price === undefined || asset.settlement) return
  const value = toNumber(asset.price.value)
  asset.stand.axis ??= priceAxis(value)
  const slope = Math.abs(toNumber(amount))
  const isLong = isPositive(amount)
  sources.push({ axis: asset.stand.axis, value, slope, isLong, part: 1, isUnsigned: false, isSigned: false })
  addSlow(sources, asset.stand, asset.price.slow, { slope, isLong })
}

const sourcesOf = (pool: Pool, account: Account, { positions }: Health): readonly Source[] => {
  const sources: Source[] = []
  for (const position of positions) addPosition(sources, position)
  if (pool.assets.size > 1) for (const [id, amount] of account.balances) addCoin(sources, pool.assets.get(id), amount)
  return sources
}

/** A band within which, whatever the other sources do within theirs, no line is crossed. */
const bandOf = (
  { value, slope, isLong, part, isUnsigned, isSigned }: Source,
  { below, above }: Room,
  parts: number,
): Band => {
  const unit = part / parts / (slope * (1 + 1e-9))
  if (isUnsigned) {
    const either = Math.min(below, above) * unit
    const most = isSigned ? either : Math.min(either, value)
    return { value, down: most, up: most }
  }
  return isLong ? { value, down: below * unit, up: above * unit } : { value, down: above * unit, up: below * unit }
}

const follows = (places: readonly Place<Account>[], sources: readonly Source[]): boolean => {
  if (places.length !== sources.length) return false
  for (let i = 0; i < places.length; i += 1) if (places[i]?.axis !== sources[i]?.axis) return false
  return true
}

/** Where the account has stood so far, and anew; places on axes that it no longer follows are left. */
const placesFor = (stand: AccountStand, account: Account, sources: readonly Source[]): readonly Place<Account>[] => {
  const old = stand.places
  if (follows(old, sources)) return old
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
  let parts = 0
  for (const { part } of sources) parts += part
  const isBankrupt = health.status === 'bankrupt'
  for (let i = 0; i < places.length; i += 1) {
    const [at, source] = [places[i], sources[i]]
    if (at === undefined || source === undefined) continue
    place(at, bandOf(source, room, parts))
    const slope = isBankrupt ? source.slope : 0
    if (slope === at.lackingSlope) continue
    at.axis.lackingSlope += slope - at.lackingSlope
    at.lackingSlope = slope
  }
}

/** Takes an account away from everything it follows. */
export const leaveBands = (account: Account): void => void placesFor(account.stand, account, [])
