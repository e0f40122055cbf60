import {
  add,
  ceil,
  type Decimal,
  decimal,
  equals,
  floor,
  floorRatio,
  format,
  isNegative,
  isPositive,
  max,
  min,
  multiply,
  negate,
  type Ratio,
  ratio,
  subtract,
  sum,
  whole,
  zero,
} from '@novation/decimal'
import type { EventData, LedgerEvent } from '@novation/events'
import { layersOf } from '../state/loss-plan'
import type { Pool } from '../state/pool'
import { settlementPlaces } from '../state/worth'
import { accountIn, bestIn, type Chronicle, eventsOf } from './append'

type Layer = EventData<'InsuranceDrawn'>['layer']
type Purpose = EventData<'InsuranceDrawn'>['purpose']

/** What each prefunded layer has paid. */
type Paid = Readonly<Record<Layer, Decimal>>

/** One default as it has been counted from the events: its margins at the start, and what it has cost each layer. */
interface Cost {
  readonly margins: readonly Decimal[]
  readonly paid: Paid
}

const nothing: Cost = { margins: [], paid: { fund: zero, 'skin-in-the-game': zero } }

/** A default goes on while a liquidation is open, or a debt is left without a position. */
const goesOn = (pool: Pool, id: string): boolean => {
  const { liquidation, positions, balances } = accountIn(pool, id)
  return (
    liquidation !== undefined || (positions.size === 0 && isNegative(balances.get(pool.settlementAsset ?? '') ?? zero))
  )
}

/** Who is below zero, by how much, and what they have cost a layer before. */
interface Claim {
  readonly id: string
  readonly deficit: Decimal
  readonly had: Decimal
}

/** (layer + all that was had) x (D + had) / sum of (D + had) - had: whoever had more than that has nothing more, and the others share anew. */
const shareOf = (layer: Decimal, claims: readonly Claim[], id: string): Ratio => {
  let sharing = claims
  for (;;) {
    const pot = add(layer, sum(sharing.map(({ had }) => had)))
    const all = sum(sharing.map(({ deficit, had }) => add(deficit, had)))
    const due = (claim: Claim) => subtract(multiply(pot, add(claim.deficit, claim.had)), multiply(claim.had, all))
    const left = sharing.filter((claim) => !isNegative(due(claim)))
    if (left.length === sharing.length) {
      const own = sharing.find((claim) => claim.id === id)
      return own === undefined ? whole(zero) : ratio(due(own), all)
    }
    sharing = left
  }
}

/** All that the fund may pay for one default that costs `cost` in all: each instrument's part of it at most the cap. */
const capOf = (cap: Decimal, cost: Decimal, margins: readonly Decimal[], places: number): Decimal => {
  const all = sum(margins)
  if (!isPositive(all)) return floor(min(cap, cost), places)
  return floorRatio(ratio(sum(margins.map((margin) => min(multiply(cap, all), multiply(cost, margin)))), all), places)
}

/** What the fund may still pay for a default that `wanted` more is asked for. */
const fundMayPay = (pool: Pool, { margins, paid }: Cost, wanted: Decimal): Decimal | undefined => {
  const cap = pool.parameters.waterfall.insuranceCap
  const places = settlementPlaces(pool)
  if (cap === undefined) return undefined
  const cost = ceil(sum([wanted, paid.fund, paid['skin-in-the-game']]), places)
  return max(zero, subtract(capOf(decimal(cap), cost, margins, places), paid.fund))
}

const firstTranche = (pool: Pool, { paid }: Cost): Decimal =>
  max(zero, subtract(decimal(pool.parameters.waterfall.skinInTheGame), paid['skin-in-the-game']))

/** `wanted` out of the operator's first tranche, then the fund, then the rest of the operator's. */
const inOrder = (wanted: Decimal, first: Decimal, fund: Decimal, tranche: Decimal): Paid => {
  const began = min(wanted, min(first, tranche))
  const funded = min(subtract(wanted, began), fund)
  const rest = min(subtract(subtract(wanted, began), funded), subtract(tranche, began))
  return { fund: funded, 'skin-in-the-game': add(began, rest) }
}

const leastOf = (a: Decimal, b: Decimal | undefined): Decimal => (b === undefined ? a : min(a, b))

/** What the formula says that each layer pays for a deficit that is to be made good as far as the layers go (risk 5 a). */
const forDeficit = (pool: Pool, costs: ReadonlyMap<string, Cost>, id: string, wanted: Decimal): Paid => {
  const places = settlementPlaces(pool)
  const below = [...pool.accounts.keys()]
    .map((account) => ({ id: account, deficit: negate(bestIn(pool, account)) }))
    .filter(({ deficit }) => isPositive(deficit))
  const cost = costs.get(id) ?? nothing
  const layers = layersOf(pool)
  const share = (layer: Layer, holds: Decimal) =>
    floorRatio(
      shareOf(
        holds,
        below.map((claim) => ({ ...claim, had: (costs.get(claim.id) ?? nothing).paid[layer] })),
        id,
      ),
      places,
    )
  return inOrder(
    ceil(wanted, places),
    floor(firstTranche(pool, cost), places),
    leastOf(share('fund', layers.fund), fundMayPay(pool, cost, wanted)),
    share('skin-in-the-game', layers.skinInTheGame),
  )
}

/** What it says for a bid, for which a layer pays out of all that it holds. */
const forBid = (pool: Pool, cost: Cost, wanted: Decimal): Paid => {
  const { fund, skinInTheGame } = layersOf(pool)
  return inOrder(wanted, firstTranche(pool, cost), leastOf(fund, fundMayPay(pool, cost, wanted)), skinInTheGame)
}

const paidIn = (events: readonly LedgerEvent[], id: string, purpose: Purpose): Paid => {
  const of = (layer: Layer) =>
    sum(
      eventsOf(events, 'InsuranceDrawn').flatMap(({ data }) =>
        data.defaulter === id && data.purpose === purpose && data.layer === layer ? [decimal(data.amount)] : [],
      ),
    )
  return { fund: of('fund'), 'skin-in-the-game': of('skin-in-the-game') }
}

const differ = (id: string, paid: Paid, expected: Paid): string | undefined =>
  equals(paid.fund, expected.fund) && equals(paid['skin-in-the-game'], expected['skin-in-the-game'])
    ? undefined
    : `for ${id} the fund pays ${format(paid.fund)} and not ${format(expected.fund)}, the operator ${format(paid['skin-in-the-game'])} and not ${format(expected['skin-in-the-game'])}`

const counted = (costs: ReadonlyMap<string, Cost>, events: readonly LedgerEvent[], after: Pool): Map<string, Cost> => {
  const so = new Map(costs)
  for (const { type, data } of events) {
    if (type === 'LiquidationStarted')
      so.set(data.account, {
        ...nothing,
        margins: data.positions.map(({ maintenanceMargin }) => decimal(maintenanceMargin)),
      })
    if (type !== 'InsuranceDrawn') continue
    const { margins, paid } = so.get(data.defaulter) ?? nothing
    so.set(data.defaulter, { margins, paid: { ...paid, [data.layer]: add(paid[data.layer], decimal(data.amount)) } })
  }
  for (const id of so.keys()) if (!goesOn(after, id)) so.delete(id)
  return so
}

/** What a step of a default costs each layer is what the formula says, with all that the default has cost before. */
export const eachLayerPaysItsPart: Chronicle = () => {
  let costs: ReadonlyMap<string, Cost> = new Map()
  let loss: ReadonlyMap<string, Paid> | undefined
  let parts: readonly LedgerEvent[] = []

  const ofLoss = (pool: Pool): ReadonlyMap<string, Paid> =>
    new Map(
      [...pool.accounts.values()]
        .filter(({ id, positions }) => positions.size === 0 && isNegative(bestIn(pool, id)))
        .map(({ id }) => [id, forDeficit(pool, costs, id, ceil(negate(bestIn(pool, id)), settlementPlaces(pool)))]),
    )

  const look = (before: Pool, events: readonly LedgerEvent[]): string | undefined => {
    const command = events[0]?.metadata.command
    const rejected = events[0]?.type === 'CommandRejected'
    if (command === undefined || rejected) return undefined
    for (const { data } of eventsOf(events, 'Liquidated')) {
      const paid = paidIn(events, data.account, 'auction')
      const wanted = add(paid.fund, paid['skin-in-the-game'])
      const wrong = differ(data.account, paid, forBid(before, costs.get(data.account) ?? nothing, wanted))
      if (wrong !== undefined) return wrong
    }
    return undefined
  }

  return ({ before, events, after }) => {
    if (events[0]?.metadata.command?.type === 'CoverLoss' && events[0].type !== 'CommandRejected') loss = ofLoss(before)
    if (loss !== undefined) parts = [...parts, ...events]
    let wrong = look(before, events)
    if (loss !== undefined && after.bulk === undefined) {
      for (const [id, expected] of loss) wrong ??= differ(id, paidIn(parts, id, 'write-off'), expected)
      loss = undefined
      parts = []
    }
    costs = counted(costs, events, after)
    return wrong
  }
}
