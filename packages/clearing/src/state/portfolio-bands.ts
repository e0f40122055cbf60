import { equals, isNegative, toNumber } from '@novation/decimal'
import { type Holding, type Reach, reachOf, wearKey } from '@novation/risk'
import { priceAxis } from './axis'
import { bandSource, type Source } from './band-sources'
import { basisOf } from './follow-markets'
import { marketStand, wearOf } from './market-stand'
import type { Account, Asset, Health, Instrument, Pool } from './pool'
import { valuedBy } from './portfolio'
import { factorsOf } from './position-margin'
import type { Together } from './together'
import { settlementPlaces } from './worth'

// How far markets may go before what an account is worth, and what is required of all of it together, cross a line.

/** Worth at the worst is worth at the best: nothing has worn, is held, or stands beside a slow price. */
const isPlain = ({ stand: { wear }, held, price }: Instrument | Asset): boolean =>
  wear.step === 0 && held === undefined && price?.slow === undefined

const isPlainCoin = (asset: Asset): boolean => isPlain(asset) && equals(asset.stand.cut, asset.stand.leastCut)

/** Whether its lines are those of one requirement at last prices; in every other case it is judged at each turn of its markets. */
export const isWithinReach = (pool: Pool, account: Account, { status, positions, portfolio }: Health): boolean => {
  if (status !== 'healthy' && status !== 'restricted') return false
  for (const { instrument } of positions) if (!isPlain(instrument) || instrument.marginFloor !== undefined) return false
  for (const [id, amount] of account.balances) {
    const asset = pool.assets.get(id)
    if (asset !== undefined && !asset.settlement && (isNegative(amount) || !isPlainCoin(asset))) return false
  }
  for (const { underlying } of portfolio?.holdings ?? []) {
    const valuations = pool.risk?.valuations.get(underlying)
    if (valuations === undefined || valuations.slow !== undefined || valuations.held !== undefined) return false
  }
  return true
}

/** How far worth may fall, and rise: what is healthy has but its initial margin to meet, what is restricted that one above and the other below. */
interface Room {
  readonly below: number
  readonly above: number
}

const reachesOf = (pool: Pool, status: Health['status'], holdings: readonly Holding[], { below, above }: Room) => {
  const valuations = valuedBy(pool, holdings)
  const { maintenanceFactor, initialFactor } = factorsOf(pool)
  const places = settlementPlaces(pool)
  const initial = (slack: number): Reach =>
    reachOf(holdings, valuations, { slack, factor: initialFactor, asks: 'initial', side: 'worst', places })
  const maintenance = (slack: number): Reach =>
    reachOf(holdings, valuations, { slack, factor: maintenanceFactor, asks: 'maintenance', side: 'best', places })
  return status === 'healthy' ? [initial(below)] : [maintenance(below), initial(above)]
}

const least = (reaches: readonly Reach[], of: (reach: Reach) => number | undefined): number =>
  reaches.reduce((most, reach) => Math.min(most, of(reach) ?? 0), Number.POSITIVE_INFINITY)

/** The bands of what stands under one requirement: of each index, of how each expiry wears, and of what each contract costs beside the index. */
export const addReach = (
  sources: Source[],
  pool: Pool,
  status: Health['status'],
  { holdings }: Together,
  room: Room,
): void => {
  const reaches = reachesOf(pool, status, holdings, room)
  for (const underlying of new Set(holdings.map((holding) => holding.underlying))) {
    const asset = pool.assets.get(underlying)
    if (asset?.price === undefined) continue
    const value = toNumber(asset.price.value)
    asset.stand.axis ??= priceAxis(value)
    const most = value * least(reaches, ({ bands }) => bands.get(underlying))
    sources.push(bandSource(asset.stand.axis, { value, down: most, up: most }))
  }
  const wears = new Map<string, Source>()
  for (const holding of holdings) {
    if (holding.kind === 'coin') continue
    const key = holding.kind === 'option' ? wearKey(holding.underlying, holding.expiry_ms) : holding.id
    if (wears.has(key)) continue
    const most = least(reaches, (reach) => reach.wears.get(key))
    wears.set(key, holding.kind === 'option' ? wearSource(pool, holding, most) : basisSource(pool, holding.id, most))
  }
  sources.push(...wears.values())
}

const wearSource = (pool: Pool, option: { underlying: string; expiry_ms: number }, most: number): Source => {
  const axis = wearOf(marketStand(pool.standing.markets, option.underlying), option.expiry_ms)
  return bandSource(axis, { value: axis.value, down: Number.POSITIVE_INFINITY, up: most })
}

const basisSource = (pool: Pool, id: string, most: number): Source => {
  const instrument = pool.instruments.get(id)
  const value = instrument && basisOf(pool, instrument)
  if (instrument === undefined || value === undefined)
    throw new RangeError(`${id} has no price, or what it follows has none`)
  instrument.stand.basis ??= priceAxis(value)
  return bandSource(instrument.stand.basis, {
    value,
    down: value * (1 - Math.exp(-most)),
    up: value * (Math.exp(most) - 1),
  })
}
