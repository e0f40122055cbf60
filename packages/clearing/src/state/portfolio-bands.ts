import { type Decimal, equals, isNegative, isPositive, toNumber, zero } from '@novation/decimal'
import { type Beside, type Holding, nearest, type Reach, reachOf, type Valuation, wearKey } from '@novation/risk'
import { type Band, priceAxis } from './axis'
import { bandSource, type Source } from './band-sources'
import { basisOf } from './follow-markets'
import { marketStand, wearOf } from './market-stand'
import type { Account, Asset, Health, Instrument, Pool } from './pool'
import { valuedBy } from './portfolio'
import { factorsOf } from './position-margin'
import type { Together } from './together'
import { settlementPlaces } from './worth'

// How far markets may go before what an account is worth, and what is required of all of it together, cross a line.

/** Worth at the worst is worth at the best but for a slow price: nothing has worn, or is held. */
const isPlain = ({ stand: { wear }, held }: Instrument | Asset): boolean => wear.step === 0 && held === undefined

const isPlainCoin = (asset: Asset): boolean => isPlain(asset) && equals(asset.stand.cut, asset.stand.leastCut)

/** Whether what is asked goes by how much an index is in doubt, which each of its ticks says anew. */
const isDoubted = (pool: Pool, { model, underlying }: Valuation): boolean =>
  pool.assets.get(underlying)?.index !== undefined && isPositive(model?.contingency.confidence ?? zero)

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
    if (valuations === undefined || valuations.held !== undefined || isDoubted(pool, valuations.last)) return false
  }
  return true
}

/** How far worth may fall, and rise: what is healthy has but its initial margin to meet, what is restricted that one above and the other below. */
interface Room {
  readonly below: number
  readonly above: number
}

/** What holdings are worth at slow prices; nothing where there are none. */
const besideOf = (pool: Pool, holdings: readonly Holding[]): Beside | undefined => {
  const valuations = new Map<string, Valuation>()
  const marks = new Map<string, Decimal>()
  for (const { kind, id, underlying } of holdings) {
    const there = pool.risk?.valuations.get(underlying)?.slow
    if (there !== undefined) valuations.set(underlying, there)
    const mark = kind === 'linear' ? pool.instruments.get(id)?.price?.slow : undefined
    if (mark !== undefined) marks.set(id, mark)
  }
  return valuations.size === 0 && marks.size === 0 ? undefined : { valuations, marks }
}

/**
 * Beside slow prices who is restricted may be called, and the initial margin of who holds coins may be the maintenance margin at another
 * worth: then both lines hold, as far as the nearest there is.
 */
const reachIn = (pool: Pool, status: Health['status'], holdings: readonly Holding[], { below, above }: Room): Reach => {
  const valuations = valuedBy(pool, holdings)
  const beside = besideOf(pool, holdings)
  const { maintenanceFactor, initialFactor } = factorsOf(pool)
  const also = { places: settlementPlaces(pool), beside }
  const initial = (slack: number): Reach =>
    reachOf(holdings, valuations, { slack, factor: initialFactor, asks: 'initial', side: 'worst', ...also })
  const maintenance = (slack: number): Reach =>
    reachOf(holdings, valuations, { slack, factor: maintenanceFactor, asks: 'maintenance', side: 'best', ...also })
  if (status === 'healthy' && (beside === undefined || holdings.every(({ kind }) => kind !== 'coin')))
    return initial(below)
  if (beside === undefined) return nearest([maintenance(below), initial(above)])
  const near = Math.min(below, above)
  return nearest([maintenance(near), initial(near)])
}

const either = (value: number, share: number): Band => ({ value, down: value * share, up: value * share })

/** Where the slow price of something is. */
const addSlow = (sources: Source[], { price, stand }: Asset | Instrument, share: number | undefined): void => {
  if (price?.slow === undefined || share === undefined) return
  const value = toNumber(price.slow)
  stand.slow ??= priceAxis(value)
  sources.push(bandSource(stand.slow, either(value, share)))
}

/** The bands of what stands under one requirement: of each index, of how each expiry wears, of what each contract costs beside the index, and of slow prices. */
export const addReach = (
  sources: Source[],
  pool: Pool,
  status: Health['status'],
  { holdings }: Together,
  room: Room,
): void => {
  const { bands, wears, slow } = reachIn(pool, status, holdings, room)
  for (const underlying of new Set(holdings.map((holding) => holding.underlying))) {
    const asset = pool.assets.get(underlying)
    if (asset?.price === undefined) continue
    const value = toNumber(asset.price.value)
    asset.stand.axis ??= priceAxis(value)
    sources.push(bandSource(asset.stand.axis, either(value, bands.get(underlying) ?? 0)))
    addSlow(sources, asset, slow.get(underlying))
  }
  const placed = new Set<string>()
  for (const holding of holdings) {
    if (holding.kind === 'coin') continue
    const key = holding.kind === 'option' ? wearKey(holding.underlying, holding.expiry_ms) : holding.id
    if (placed.has(key)) continue
    placed.add(key)
    const most = wears.get(key) ?? 0
    if (holding.kind === 'option') sources.push(wearSource(pool, holding, most))
    else {
      const instrument = pool.instruments.get(holding.id)
      if (instrument === undefined) throw new RangeError(`no instrument ${holding.id} in this pool`)
      sources.push(basisSource(pool, instrument, most))
      addSlow(sources, instrument, slow.get(key))
    }
  }
}

const wearSource = (pool: Pool, option: { underlying: string; expiry_ms: number }, most: number): Source => {
  const axis = wearOf(marketStand(pool.standing.markets, option.underlying), option.expiry_ms)
  return bandSource(axis, { value: axis.value, down: Number.POSITIVE_INFINITY, up: most })
}

const basisSource = (pool: Pool, instrument: Instrument, most: number): Source => {
  const value = basisOf(pool, instrument)
  if (value === undefined) throw new RangeError(`${instrument.id} has no price, or what it follows has none`)
  instrument.stand.basis ??= priceAxis(value)
  return bandSource(instrument.stand.basis, {
    value,
    down: value * (1 - Math.exp(-most)),
    up: value * (Math.exp(most) - 1),
  })
}
