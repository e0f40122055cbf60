import { type Account, healthOf, houseBalance, type Pool } from '@novation/clearing'
import {
  add,
  ceil,
  type Decimal,
  decimal,
  divideFloor,
  equals,
  floor,
  format,
  isNegative,
  isPositive,
  max,
  min,
  multiply,
  negate,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import type { Law } from './law'

type Layer = 'fund' | 'skin-in-the-game'

/** What each prefunded layer pays one defaulter. */
type Cost = Readonly<Record<Layer, Decimal>>

interface Debtor {
  readonly account: Account
  readonly deficit: Decimal
}

const places = 2

const debtorsIn = (pool: Pool): readonly Debtor[] =>
  [...pool.accounts.values()].flatMap((account) => {
    const { best } = healthOf(pool, account)
    return isNegative(best) ? [{ account, deficit: negate(best) }] : []
  })

const drawnOf = ({ inDefault }: Account, layer: Layer): Decimal =>
  (layer === 'fund' ? inDefault?.drawn.fund : inDefault?.drawn.skinInTheGame) ?? zero

/** risk 5 a: of all a layer holds and has paid to those below zero, everybody's part by what they lack and have had. */
const shareOf = (pool: Pool, layer: Layer, of: Debtor, among: readonly Debtor[]): Decimal => {
  const held = houseBalance(pool, layer === 'fund' ? 'insurance' : layer, pool.settlementAsset ?? '')
  const drawn = (each: Debtor): Decimal => drawnOf(each.account, layer)
  const pot = add(held, sum(among.map(drawn)))
  const claims = sum(among.map((each) => add(each.deficit, drawn(each))))
  const dueTo = (each: Debtor): Decimal =>
    subtract(multiply(pot, add(each.deficit, drawn(each))), multiply(drawn(each), claims))
  const still = among.filter((each) => !isNegative(dueTo(each)))
  if (still.length < among.length) return still.includes(of) ? shareOf(pool, layer, of, still) : zero
  return divideFloor(dueTo(of), claims, places)
}

/** The most the fund may pay for one default: each instrument's part of all it costs, by margin at its start, up to the cap. */
const capOf = (pool: Pool, { account }: Debtor, owed: Decimal): Decimal => {
  const cap = pool.parameters.waterfall.insuranceCap
  const fund = drawnOf(account, 'fund')
  if (cap === undefined) return owed
  const whole = ceil(sum([owed, fund, drawnOf(account, 'skin-in-the-game')]), places)
  const margins = account.inDefault?.margins ?? []
  const all = sum(margins)
  const most = isPositive(all)
    ? divideFloor(sum(margins.map((margin) => min(multiply(decimal(cap), all), multiply(whole, margin)))), all, places)
    : floor(min(decimal(cap), whole), places)
  return max(zero, subtract(most, fund))
}

const costOf = (pool: Pool, debtor: Debtor, all: readonly Debtor[]): Cost => {
  const owed = ceil(debtor.deficit, places)
  const tranche = shareOf(pool, 'skin-in-the-game', debtor, all)
  const perLoss = max(
    zero,
    subtract(decimal(pool.parameters.waterfall.skinInTheGame), drawnOf(debtor.account, 'skin-in-the-game')),
  )
  const first = min(min(tranche, floor(perLoss, places)), owed)
  const missing = subtract(owed, first)
  const fund = min(min(shareOf(pool, 'fund', debtor, all), floor(capOf(pool, debtor, owed), places)), missing)
  return { fund, 'skin-in-the-game': add(first, min(subtract(tranche, first), subtract(missing, fund))) }
}

/** What the default of everybody whose turn it is costs: of those without positions, or of one who is closed out. */
const costsIn = (pool: Pool, isTurn: (account: Account) => boolean): ReadonlyMap<string, Cost> => {
  const all = debtorsIn(pool)
  return new Map(
    all.flatMap((debtor) => (isTurn(debtor.account) ? [[debtor.account.id, costOf(pool, debtor, all)] as const] : [])),
  )
}

type Drawn = Extract<LedgerEvent, { type: 'InsuranceDrawn' }>['data']

const difference = (costs: ReadonlyMap<string, Cost>, drawn: readonly Drawn[]): string | undefined => {
  for (const [id, cost] of costs)
    for (const layer of ['fund', 'skin-in-the-game'] as const) {
      const paid = sum(
        drawn.filter((each) => each.defaulter === id && each.layer === layer).map(({ amount }) => decimal(amount)),
      )
      if (!equals(paid, cost[layer]))
        return `the default of ${id} costs the ${layer} ${format(paid)}, and by the formula ${format(cost[layer])}`
    }
  const other = drawn.find(({ defaulter }) => !costs.has(defaulter))
  return other === undefined
    ? undefined
    : `${other.layer} pays ${other.amount} for ${other.defaulter}, who owes nothing`
}

const isFlat = ({ positions }: Account): boolean => positions.size === 0

/** What one default has cost each prefunded layer is the formula of risk 5 a, worked out anew; of a loss in parts, in the end. */
export const costsByTheFormula = (): Law => {
  let open: { readonly costs: ReadonlyMap<string, Cost>; readonly drawn: Drawn[] } | undefined
  return ({ before, events }) => {
    const drawn = events.flatMap((event) =>
      event.type === 'InsuranceDrawn' && event.data.purpose !== 'auction' ? [event.data] : [],
    )
    const [first] = events
    const command = first?.metadata.command
    if (command?.type === 'CoverLoss') {
      const costs = costsIn(before, isFlat)
      if (first?.type !== 'BulkStarted') return difference(costs, drawn)
      open = { costs, drawn: [] }
      return undefined
    }
    open?.drawn.push(...drawn)
    const ended = events.find((event) => event.type === 'BulkEnded')
    if (open === undefined || ended === undefined) return undefined
    const wrong = difference(open.costs, open.drawn)
    open = undefined
    return wrong
  }
}
