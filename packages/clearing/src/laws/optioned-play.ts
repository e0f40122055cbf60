import {
  abs,
  add,
  type Decimal,
  decimal,
  divideFloor,
  format,
  isPositive,
  isZero,
  lessThan,
  max,
  multiply,
  negate,
  subtract,
  toNumber,
  zero,
} from '@novation/decimal'
import { type Command, formatTime, type Millis } from '@novation/events'
import { healthOf } from '../state/health'
import { expiryOf, forwardNow } from '../state/markets'
import type { Instrument, Pool } from '../state/pool'
import { affordable } from './affordable'
import { markAt, placesFor } from './marks'
import type { OptionAction, Optioned } from './optioned'

type Wish = Pick<Command, 'type' | 'data'>

const underlying = 'COIN'

/** A perpetual and a dated future on the coin, margined by tables where they do not stand in a portfolio. */
const linear = ['P', 'F'] as const

const marginOf = { model: 'tiered' as const, tiers: [{ initial: '0.1', maintenance: '0.05' }] }

/** Strikes about the price that the coin begins at, of each expiry. */
const strikes = [
  ['3.5', 'call'],
  ['3.1', 'put'],
  ['4.2', 'call'],
  ['3.5', 'put'],
] as const

const timesOf = ({ expires }: Optioned, begin: Millis): readonly string[] =>
  expires.map((seconds) => formatTime(begin + seconds * 1000))

/** Names whose order is not that of expiries, so that no settlement is in order of either by chance. */
const seriesNamed = (e: number, s: number): string => `O${s + 1}-${e + 1}`

const seriesOf = (world: Optioned): readonly string[] =>
  world.expires.flatMap((_, e) => strikes.map((__, s) => seriesNamed(e, s)))

const traded = (world: Optioned): readonly string[] => [...seriesOf(world), ...linear, ...seriesOf(world)]

const points = (level: string) => [{ strike: '3.5', volatility: level }]

/** All that is listed, and the first of all market data, once the coin has a price. */
export const listOptions = (world: Optioned, begin: Millis): readonly Wish[] => {
  const [first = formatTime(begin), ...later] = timesOf(world, begin)
  const terms = { settlementAsset: 'USD', underlying, lot: '1', multiplier: world.multiplier }
  return [
    {
      type: 'SetPoolParameters',
      data: {
        ...world.window,
        forwardTolerance_s: world.tolerance_s,
        volatilityTolerance_s: world.tolerance_s,
      },
    },
    { type: 'SetRiskModel', data: { underlying, ...world.model, ...(world.curve ? { curve: 'USD' } : {}) } },
    ...(world.curve
      ? [{ type: 'PublishCurve', data: { curve: 'USD', points: [{ days: 400, discount: '0.96' }] } } satisfies Wish]
      : []),
    { type: 'ListInstrument', data: { ...terms, instrument: 'P', kind: 'perpetual', margin: marginOf } },
    { type: 'ListInstrument', data: { ...terms, instrument: 'F', kind: 'future', expiry: first, margin: marginOf } },
    ...linear.map((instrument): Wish => ({ type: 'PublishPrice', data: { instrument, price: '3.5' } })),
    ...[first, ...later].flatMap((expiry, e): readonly Wish[] => [
      { type: 'PublishForward', data: { underlying, expiry, price: '3.51' } },
      { type: 'PublishVolatility', data: { underlying, expiry, points: points('0.8') } },
      ...strikes.map(
        ([strike, optionType], s): Wish => ({
          type: 'ListInstrument',
          data: { ...terms, instrument: seriesNamed(e, s), kind: 'option', expiry, strike, optionType },
        }),
      ),
    ]),
  ]
}

const pick = <T>(from: readonly T[], at: number): T | undefined => from[at % Math.max(1, from.length)]

const forwardsOf = (pool: Pool, world: Optioned, begin: Millis, of: number | undefined, percent: number) => {
  const asset = pool.assets.get(underlying)
  const times = timesOf(world, begin)
  const meant = of === undefined ? times : [pick(times, of) ?? '']
  return meant.flatMap((expiry): readonly Wish[] => {
    const at = Date.parse(expiry)
    const forward = asset && at > pool.at ? forwardNow(asset, expiryOf(pool, underlying, at)) : undefined
    if (forward === undefined) return []
    const price = divideFloor(multiply(forward, decimal(String(percent))), decimal('100'), 12)
    return isPositive(price) ? [{ type: 'PublishForward', data: { underlying, expiry, price: format(price) } }] : []
  })
}

const surfacesOf = (pool: Pool, world: Optioned, begin: Millis, level: string): readonly Wish[] =>
  timesOf(world, begin)
    .filter((expiry) => Date.parse(expiry) > pool.at)
    .map((expiry): Wish => ({ type: 'PublishVolatility', data: { underlying, expiry, points: points(level) } }))

/** The price of the coin at so many percent, and with it of all that follows it. */
const indexAt = (pool: Pool, percent: number): readonly Wish[] => {
  const price = markAt(pool, underlying, percent)
  return price === undefined
    ? []
    : [
        { type: 'PublishPrice', data: { asset: underlying, price } },
        ...linear.map((instrument): Wish => ({ type: 'PublishPrice', data: { instrument, price } })),
      ]
}

/** Everything that options are marked by, once more. */
export const marketOf = (pool: Pool, world: Optioned, begin: Millis, percent = 100, level = '0.8'): readonly Wish[] => [
  ...indexAt(pool, percent),
  // What follows an index moves with it: forwards are told as they are then.
  ...forwardsOf(pool, world, begin, undefined, percent),
  ...surfacesOf(pool, world, begin, level),
]

/** What a lot takes up: an option is asked for about a quarter of its underlying, and its price. */
const lotTakes = (pool: Pool, { option, price, lot, multiplier }: Instrument): Decimal | undefined => {
  const index = pool.assets.get(underlying)?.price?.value
  if (index === undefined || price === undefined) return undefined
  const share = option === undefined ? decimal('0.2') : decimal('0.25')
  return multiply(add(multiply(index, share), price.value), multiply(lot, multiplier))
}

const dealt = (instrument: Instrument, percent: number): string => {
  const mark = instrument.price?.value ?? zero
  const off = multiply(mark, decimal(String((percent - 100) / 100)))
  return format(
    max(zero, instrument.option === undefined ? add(mark, off) : divideFloor(add(mark, off), decimal('1'), 12)),
  )
}

/** How far an account is above a line where the coin costs so much. */
const spareAt = (
  pool: Pool,
  id: string,
  line: 'initial' | 'maintenance',
  price: string,
  see: See,
): Decimal | undefined => {
  const there = see({ type: 'PublishPrice', data: { asset: underlying, price } }, () => {
    const account = pool.accounts.get(id)
    if (account === undefined) return undefined
    const health = healthOf(pool, account)
    return subtract(line === 'initial' ? health.worst : health.best, health[line])
  })
  return there
}

/** What would be seen if that were done. */
export type See = <T>(wish: Wish, look: () => T | undefined) => T | undefined

const halvings = 30

/** A price of the coin at which somebody stands about on a line, or so many ten-millionths beyond: found by halving between what it is and a price far off. */
const edgeAt = (pool: Pool, id: string, line: 'initial' | 'maintenance', off: number, see: See): Wish | undefined => {
  const now = pool.assets.get(underlying)?.price?.value
  const held = pool.accounts.get(id)?.positions.values()
  if (now === undefined || held === undefined) return undefined
  if (![...held].some(({ instrument }) => instrument.underlying === underlying)) return undefined
  const priced = (value: number): string => value.toFixed(placesFor(now))
  const at = toNumber(now)
  const spareOf = (value: number) => spareAt(pool, id, line, priced(value), see)
  const here = spareOf(at)
  if (here === undefined) return undefined
  const far = [0.6, 1.6]
    .map((factor) => factor * at)
    .find((value) => {
      const spare = spareOf(value)
      return spare !== undefined && lessThan(spare, zero) !== lessThan(here, zero)
    })
  if (far === undefined) return undefined
  let [from, to] = [at, far]
  for (let i = 0; i < halvings; i += 1) {
    const middle = (from + to) / 2
    const spare = spareOf(middle)
    if (spare === undefined) return undefined
    if (isZero(spare)) return { type: 'PublishPrice', data: { asset: underlying, price: priced(middle) } }
    if (lessThan(spare, zero) === lessThan(here, zero)) from = middle
    else to = middle
  }
  return {
    type: 'PublishPrice',
    data: { asset: underlying, price: priced(to * (1 + (Math.sign(far - at) * off) / 1e7)) },
  }
}

const twoOf = (members: readonly string[], [one, other]: readonly [number, number]) => {
  const buyer = pick(members, one) ?? ''
  const others = members.filter((id) => id !== buyer)
  return [buyer, pick(others, other) ?? ''] as const
}

/** Where a wish is made: the house as it stands, and who is in it. */
interface At {
  readonly pool: Pool
  readonly world: Optioned
  readonly begin: Millis
  readonly members: readonly string[]
  readonly trade: string
  readonly see: See
}

const dealOf = (
  { pool, world, members, trade }: At,
  action: Extract<OptionAction, { do: 'deal' }>,
): readonly Wish[] => {
  const instrument = pool.instruments.get(pick(traded(world), action.of) ?? '')
  const [buyer, seller] = twoOf(members, action.sides)
  const each = instrument && lotTakes(pool, instrument)
  const quantity = instrument && each && affordable(pool, instrument, [buyer, seller], action.use, each)
  if (instrument === undefined || quantity === undefined) return []
  const price = dealt(instrument, action.percent)
  return [{ type: 'ClearTrade', data: { trade, instrument: instrument.id, buyer, seller, quantity, price } }]
}

const hedgeOf = (
  { pool, members }: At,
  { on, who, lots, of }: Extract<OptionAction, { do: 'hedge' }>,
): readonly Wish[] => {
  const [liquidation] = pick([...pool.liquidations].sort(), on) ?? []
  if (liquidation === undefined) return []
  const quantity = lots < 0 ? format(negate(abs(decimal(String(lots))))) : String(lots)
  return [
    {
      type: 'BidLiquidation',
      data: { liquidation, bidder: pick(members, who) ?? '', hedge: pick(linear, of) ?? 'P', quantity },
    },
  ]
}

/** The commands that something tried comes to as things stand; none where there is nothing to act on. */
export const optionWishes = (at: At, action: OptionAction): readonly Wish[] => {
  const { pool, world, begin, members } = at
  const expiry = (of: number): string => pick(timesOf(world, begin), of) ?? ''
  switch (action.do) {
    case 'market':
      return marketOf(pool, world, begin, action.percent, action.level)
    case 'forward':
      return forwardsOf(pool, world, begin, action.of, action.percent)
    case 'surface':
      return [{ type: 'PublishVolatility', data: { underlying, expiry: expiry(action.of), ...action.shape } }]
    case 'curve':
      return [{ type: 'PublishCurve', data: { curve: 'USD', points: [{ days: 30, discount: action.discount }] } }]
    case 'model':
      return [{ type: 'SetRiskModel', data: { underlying, ...action.model, ...(world.curve ? { curve: 'USD' } : {}) } }]
    case 'deal':
      return dealOf(at, action)
    case 'edge': {
      const wish = edgeAt(pool, pick(members, action.who) ?? '', action.line, action.off, at.see)
      return wish === undefined ? [] : [wish]
    }
    case 'variation': {
      const only = action.of === undefined ? undefined : pick(traded(world), action.of)
      return [{ type: 'SettleVariation', data: only === undefined ? {} : { instruments: [only] } }]
    }
    case 'expiry': {
      const price = markAt(pool, underlying, action.percent)
      return price === undefined
        ? []
        : [{ type: 'SettleExpiry', data: { underlying, expiry: expiry(action.of), price } }]
    }
    case 'hedge':
      return hedgeOf(at, action)
  }
}
