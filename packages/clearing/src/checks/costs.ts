import { ceil, type Decimal, decimal, format, multiply, sum } from '@novation/decimal'
import type { EventData, LedgerEvent } from '@novation/events'
import { belowZero } from '../state/below-zero'
import { debtOf } from '../state/debts'
import { layersOf } from '../state/layers'
import { lossPlan } from '../state/loss-plan'
import type { Pool } from '../state/pool'
import { capsOf } from '../state/purses'
import { settlementPlaces } from '../state/worth'
import { accountIn, type Chronicle, eventsOf } from './append'

type Layer = EventData<'InsuranceDrawn'>['layer']

/** What each prefunded layer has paid for one default, in the smallest units. */
type Paid = Readonly<Record<Layer, bigint>>

const nothing: Paid = { fund: 0n, 'skin-in-the-game': 0n }

const unitsOf = (pool: Pool, amount: Decimal): bigint => {
  const places = settlementPlaces(pool)
  return BigInt(format(multiply(ceil(amount, places), decimal(`1${'0'.repeat(places)}`))))
}

const total = (of: Iterable<bigint>): bigint => [...of].reduce((all, each) => all + each, 0n)

/** Who is below zero, by how much, and what they have cost a layer before. */
interface Claim {
  readonly id: string
  readonly lacks: bigint
  readonly had: bigint
}

/** (T + all that was had) x (D + had) / sum of (D + had) - had: whoever had more than that has nothing more, and the others share anew. */
const sharesOf = (layer: bigint, claims: readonly Claim[]): ReadonlyMap<string, bigint> => {
  let sharing = claims.filter(({ lacks }) => lacks > 0n)
  for (;;) {
    const all = total(sharing.map(({ lacks }) => lacks))
    const give = layer < all ? layer : all
    if (give === 0n) return new Map()
    const pot = give + total(sharing.map(({ had }) => had))
    const whole = total(sharing.map(({ lacks, had }) => lacks + had))
    const due = sharing.map(({ id, lacks, had }) => ({ id, due: pot * (lacks + had) - had * whole }))
    const left = new Set(due.filter((each) => each.due >= 0n).map(({ id }) => id))
    if (left.size === sharing.length) return largestRemainder(give, due)
    sharing = sharing.filter(({ id }) => left.has(id))
  }
}

const largestRemainder = (
  give: bigint,
  due: readonly { readonly id: string; readonly due: bigint }[],
): ReadonlyMap<string, bigint> => {
  const whole = total(due.map((each) => each.due))
  const shares = new Map(due.map((each) => [each.id, (give * each.due) / whole]))
  const byRemainder = due.toSorted((a, b) => {
    const [one, other] = [(give * a.due) % whole, (give * b.due) % whole]
    return one === other ? (a.id < b.id ? -1 : 1) : one > other ? -1 : 1
  })
  for (const { id } of byRemainder.slice(0, Number(give - total(shares.values()))))
    shares.set(id, (shares.get(id) ?? 0n) + 1n)
  return shares
}

/** What the formula says that each layer pays for everybody below zero: the operator's first tranche, the fund, the rest of the operator's. */
const expectedIn = (pool: Pool, costs: ReadonlyMap<string, Paid>): ReadonlyMap<string, Paid> => {
  const setOffs = lossPlan(pool).setOffs
  const paidBy = (id: string) => sum(setOffs.filter(({ to }) => to === id).map(({ amount }) => amount))
  const below = belowZero(pool, capsOf(pool), paidBy).map(({ account: { id }, allowed: { amount } }) => ({
    id,
    lacks: unitsOf(pool, amount),
    had: costs.get(id) ?? nothing,
  }))
  const layers = layersOf(pool)
  const operator = unitsOf(pool, layers.skinInTheGame)
  const tranche = unitsOf(pool, decimal(pool.parameters.waterfall.skinInTheGame))
  const first = sharesOf(
    operator,
    below.map(({ id, lacks, had: { 'skin-in-the-game': had } }) => ({
      id,
      lacks: lacks < tranche - had ? lacks : tranche - had,
      had,
    })),
  )
  const firstOf = (id: string): bigint => first.get(id) ?? 0n
  const fund = sharesOf(
    unitsOf(pool, layers.fund),
    below.map(({ id, lacks, had }) => ({ id, lacks: lacks - firstOf(id), had: had.fund })),
  )
  const fundOf = (id: string): bigint => fund.get(id) ?? 0n
  const rest = sharesOf(
    operator - total(first.values()),
    below.map(({ id, lacks, had }) => ({
      id,
      lacks: lacks - firstOf(id) - fundOf(id),
      had: had['skin-in-the-game'] + firstOf(id),
    })),
  )
  return new Map(
    below.map(({ id }) => [id, { fund: fundOf(id), 'skin-in-the-game': firstOf(id) + (rest.get(id) ?? 0n) }]),
  )
}

const paidIn = (pool: Pool, events: readonly LedgerEvent[], id: string): Paid => {
  const of = (layer: Layer) =>
    unitsOf(
      pool,
      sum(
        eventsOf(events, 'InsuranceDrawn').flatMap(({ data }) =>
          data.defaulter === id && data.purpose === 'write-off' && data.layer === layer ? [decimal(data.amount)] : [],
        ),
      ),
    )
  return { fund: of('fund'), 'skin-in-the-game': of('skin-in-the-game') }
}

/** Who owes, but for those whose coins wait for a price. */
const payingIn = (pool: Pool): readonly string[] =>
  [...pool.standing.duties.owing].filter((id) => !debtOf(pool, accountIn(pool, id)).waits)

/** A default goes on while a liquidation is open, a debt is left, or coins that were offered for it go on sale anew. */
const goesOn = (pool: Pool, id: string): boolean => {
  const { liquidation, owing, inDefault } = accountIn(pool, id)
  return liquidation !== undefined || owing !== undefined || inDefault?.offered !== undefined
}

const counted = (costs: ReadonlyMap<string, Paid>, events: readonly LedgerEvent[], after: Pool): Map<string, Paid> => {
  const so = new Map(costs)
  for (const { data } of eventsOf(events, 'InsuranceDrawn')) {
    // A premium is paid to who takes the risk over: it draws nothing for the debt.
    if (data.purpose !== 'write-off') continue
    const paid = so.get(data.defaulter) ?? nothing
    so.set(data.defaulter, { ...paid, [data.layer]: paid[data.layer] + unitsOf(after, decimal(data.amount)) })
  }
  for (const id of so.keys()) if (!goesOn(after, id)) so.delete(id)
  return so
}

/** What a loss costs each layer is what the formula says, with all that the default has cost before. */
export const eachLayerPaysItsPart: Chronicle = () => {
  let costs: ReadonlyMap<string, Paid> = new Map()
  let loss: { readonly of: readonly string[]; readonly expected: ReadonlyMap<string, Paid> } | undefined
  let parts: readonly LedgerEvent[] = []

  const look = (pool: Pool): string | undefined => {
    for (const id of loss?.of ?? []) {
      const [paid, expected] = [paidIn(pool, parts, id), loss?.expected.get(id) ?? nothing]
      for (const layer of ['fund', 'skin-in-the-game'] as const)
        if (paid[layer] !== expected[layer])
          return `for ${id} the ${layer} pays ${paid[layer]} and not ${expected[layer]} of the smallest units`
    }
    return undefined
  }

  return ({ before, events, after }) => {
    const [first] = events
    if (first?.metadata.command?.type === 'CoverLoss' && first.type !== 'CommandRejected')
      loss = { of: payingIn(before), expected: expectedIn(before, costs) }
    let wrong: string | undefined
    if (loss !== undefined) parts = [...parts, ...events]
    if (loss !== undefined && after.bulk === undefined) {
      wrong = look(after)
      loss = undefined
      parts = []
    }
    costs = counted(costs, events, after)
    return wrong
  }
}
