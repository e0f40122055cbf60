import { type Decimal, isPositive, toNumber } from '@novation/decimal'
import { type Axis, type Band, fundingAxis, priceAxis, signedAxis } from './axis'
import { marketStand } from './market-stand'
import type { Account, Asset, Health, Pool, Valued } from './pool'
import { isModelled, isTogether } from './portfolio'
import type { PriceStand } from './price-stand'
import { refOf } from './reference'
import type { Together } from './together'

/** Something that an account's worth and margin follow: by at most `slope` for each unit it moves. */
export interface Source {
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
  /** Where it is known otherwise: no part of the room is asked. */
  readonly band: Band | undefined
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
  sources.push({ axis: stand.slow, value, ...so, part: 1, isUnsigned: false, isSigned: false, band: undefined })
}

const addFunding = (sources: Source[], { instrument, quantity, mark }: Valued): void => {
  if (instrument.kind !== 'perpetual') return
  const { stand } = instrument
  const value = toNumber(instrument.fundingIndex)
  stand.funding ??= fundingAxis(value, toNumber(refOf(instrument, mark)))
  sources.push({
    axis: stand.funding,
    value,
    slope: Math.abs(toNumber(quantity)),
    isLong: !isPositive(quantity),
    part: fundingPart,
    isUnsigned: false,
    isSigned: true,
    band: undefined,
  })
}

/**
 * Worth and margin together change by at most `2 x |quantity| x multiplier` per unit of price: each marginal rate is at
 * most 1. While the price is not fresh, the gap goes with it, for or against the account.
 */
const addPrice = (sources: Source[], { instrument, quantity, mark }: Valued): void => {
  const { stand } = instrument
  const value = toNumber(mark)
  const size = Math.abs(toNumber(quantity)) * toNumber(instrument.multiplier)
  const isLong = isPositive(quantity)
  const isWorn = stand.wear.step > 0
  const slow = instrument.price?.slow
  // Beside a slow price the mark may rise and nothing be gained at the worst, while margin rises with it.
  const isUnsigned = isWorn || slow !== undefined
  const slope = size * (isWorn ? 2 + toNumber(instrument.gap) : 2)
  const part = instrument.kind === 'perpetual' ? pricePart : 1
  const { marginFloor } = instrument
  stand.axis ??= marginFloor === undefined ? priceAxis(value) : signedAxis(value, toNumber(marginFloor))
  const isSigned = marginFloor !== undefined
  sources.push({ axis: stand.axis, value, slope, isLong, part, isUnsigned, isSigned, band: undefined })
  addSlow(sources, stand, slow, { slope: size, isLong })
}

const addCoin = (sources: Source[], asset: Asset | undefined, amount: Decimal): void => {
  if (asset?.price === undefined || asset.settlement) return
  const value = toNumber(asset.price.value)
  asset.stand.axis ??= priceAxis(value)
  const slope = Math.abs(toNumber(amount))
  const isLong = isPositive(amount)
  sources.push({
    axis: asset.stand.axis,
    value,
    slope,
    isLong,
    part: 1,
    isUnsigned: false,
    isSigned: false,
    band: undefined,
  })
  addSlow(sources, asset.stand, asset.price.slow, { slope, isLong })
}

const nowhere = Number.POSITIVE_INFINITY

/** Whatever the room, an account is judged whenever its underlying is valued anew. */
const addTurn = (sources: Source[], pool: Pool, underlying: string): void => {
  const axis = marketStand(pool.standing.markets, underlying).turns
  if (sources.some((known) => known.axis === axis)) return
  sources.push(bandSource(axis, { value: axis.value, down: nowhere, up: 0 }))
}

/** Where a band is known, and nothing else is asked. */
export const bandSource = (axis: Axis<Account>, band: Band): Source => ({
  axis,
  value: band.value,
  slope: 0,
  isLong: true,
  part: 0,
  isUnsigned: false,
  isSigned: false,
  band,
})

/**
 * All that an account follows; of one whose band is known for what stands under one requirement, only what stands beside that.
 * An option has no band by itself: its margin moves with more than its mark.
 */
export const sourcesOf = (pool: Pool, account: Account, health: Health, together: Together | undefined): Source[] => {
  const sources: Source[] = []
  for (const position of health.positions) {
    const { instrument } = position
    if (together === undefined || !isTogether(pool, account, instrument)) {
      if (instrument.option === undefined) addPrice(sources, position)
      if (isModelled(pool, account, instrument)) addTurn(sources, pool, instrument.underlying)
    }
    addFunding(sources, position)
  }
  const isInside = (id: string): boolean => together?.holdings.some((held) => held.id === id) === true
  if (pool.assets.size > 1)
    for (const [id, amount] of account.balances) if (!isInside(id)) addCoin(sources, pool.assets.get(id), amount)
  return sources
}
