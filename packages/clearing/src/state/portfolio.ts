import { add, type Decimal, isZero, max, min, multiply, subtract, zero } from '@novation/decimal'
import { type Holding, itemRequirements, type Margin, type PortfolioRequirement, type Valuation } from '@novation/risk'
import type { Collateral, HeldCoin } from './collateral'
import { seriesOf } from './markets'
import type { Account, Instrument, Pool, Valued } from './pool'
import { marginAt, requirementOf } from './position-margin'
import type { Valuations } from './risk'
import type { Together } from './together'
import { worthOf } from './worth'

// Accounts with `margin: portfolio`: one requirement over all that is held in what has a model, and the collateral in that.

/** What is held of an instrument, and what it is margined by where it has no model. */
export type Held = Pick<Valued, 'instrument' | 'quantity' | 'mark' | 'crowding'>
type Coin = Pick<HeldCoin, 'id' | 'quantity'>

const underlyingOf = ({ risk }: Pick<Pool, 'risk'>, underlying: string): Valuations | undefined =>
  risk?.valuations.get(underlying)

/** Whether it goes into the one requirement of a portfolio: what has no model keeps its table, and what is fixed requires nothing. */
export const isTogether = (pool: Pick<Pool, 'risk'>, account: Account, { underlying, fixed }: Instrument): boolean =>
  account.margin === 'portfolio' && !fixed && underlyingOf(pool, underlying) !== undefined

/** Whether a model margins it, together or by itself. */
export const isModelled = (pool: Pick<Pool, 'risk'>, account: Account, instrument: Instrument): boolean =>
  instrument.option === undefined ? isTogether(pool, account, instrument) : !instrument.fixed

const positionHolding = ({ instrument, quantity, mark }: Held): Holding => {
  const held = multiply(quantity, instrument.multiplier)
  const series = seriesOf(instrument)
  return series === undefined
    ? { kind: 'linear', id: instrument.id, underlying: instrument.underlying, quantity: held, mark }
    : { kind: 'option', quantity: held, ...series }
}

/** What of a coin its haircut leaves is shocked with the rest: nothing counts twice. */
const coinHolding = (pool: Pool, { id, quantity }: Coin): Holding => {
  const { best, worst } = worthOf(pool, id, quantity)
  return { kind: 'coin', id, underlying: id, best, worst, cut: pool.assets.get(id)?.stand.leastCut ?? zero }
}

/** What of an account stands under one requirement, positions first: a coin does where something is held of it. */
export const holdingsOf = (pool: Pool, held: readonly Held[], coins: readonly Coin[]): readonly Holding[] => {
  const underlyings = new Set(held.map(({ instrument }) => instrument.underlying))
  return [
    ...held.map(positionHolding),
    ...coins.filter(({ id }) => underlyings.has(id)).map((coin) => coinHolding(pool, coin)),
  ]
}

/** What holdings are valued by, at last prices. */
export const valuedBy = (pool: Pool, holdings: readonly Holding[]): ReadonlyMap<string, Valuation> => {
  const valuations = new Map<string, Valuation>()
  for (const { underlying } of holdings) {
    const known = underlyingOf(pool, underlying)
    if (known !== undefined) valuations.set(underlying, known.last)
  }
  return valuations
}

/** What a portfolio requires of positions: together where there is a model, and by tables beside. */
interface RequiredOf extends Margin {
  /** The maintenance margin before it is rounded. */
  readonly exact: Decimal
  readonly requirement: PortfolioRequirement | undefined
  readonly holdings: readonly Holding[]
}

export const requiredOf = (pool: Pool, account: Account, held: readonly Held[], coins: readonly Coin[]): RequiredOf => {
  const open = held.filter(({ quantity }) => !isZero(quantity))
  const together = open.filter(({ instrument }) => isTogether(pool, account, instrument))
  const holdings = holdingsOf(pool, together, coins)
  const requirement = holdings.length === 0 ? undefined : requirementOf(pool, holdings, valuedBy(pool, holdings))
  let { initial, maintenance, exact } = requirement ?? { initial: zero, maintenance: zero, exact: zero }
  for (const { instrument, quantity, mark, crowding } of open) {
    if (isTogether(pool, account, instrument)) continue
    const alone = marginAt(pool, instrument, quantity, mark, crowding)
    initial = add(initial, alone.initial)
    maintenance = add(maintenance, alone.maintenance)
    exact = add(exact, alone.maintenance)
  }
  return { initial, maintenance, exact, requirement, holdings }
}

/** What all of a portfolio comes to beside its worth. */
interface Portfolio extends Margin {
  readonly together: Together
  readonly positions: readonly Valued[]
  readonly collateral: Collateral
}

/** Each with what it requires of the whole: what adds to it by its part, a hedge nothing; clocks, caps and losses go by that. */
export const portfolioOf = (
  pool: Pool,
  account: Account,
  positions: readonly Valued[],
  collateral: Collateral,
): Portfolio => {
  const required = requiredOf(pool, account, positions, collateral.coins)
  const { requirement, holdings } = required
  const contributions = requirement?.contributions() ?? []
  const values = new Map<string, Decimal>([
    ...positions.map(({ instrument, value }) => [instrument.id, value] as const),
    ...collateral.coins.map(({ id, value }) => [id, value] as const),
  ])
  const parts = itemRequirements(
    contributions,
    holdings.map(({ id }) => values.get(id) ?? zero),
  )
  const partOf = new Map(holdings.map(({ id }, i) => [id, parts[i] ?? zero]))
  return {
    initial: required.initial,
    maintenance: required.maintenance,
    together: {
      requirement,
      holdings,
      contributions: new Map(holdings.map(({ id }, i) => [id, contributions[i] ?? zero])),
    },
    positions: positions.map((valued) => {
      const part = partOf.get(valued.instrument.id)
      return part === undefined ? valued : { ...valued, maintenance: part }
    }),
    collateral: {
      ...collateral,
      coins: collateral.coins.map((coin) => {
        const part = partOf.get(coin.id)
        return part === undefined ? coin : { ...coin, required: add(coin.required, part) }
      }),
    },
  }
}

interface Beside {
  readonly low: Decimal
  readonly high: Decimal
}

const nothing: Beside = { low: zero, high: zero }

/** At one other price of an underlying, all that is held in it comes to so much more, or less, than at its last one. */
const movedBy = (holdings: readonly Holding[], last: Valuation, other: Valuation | undefined): Decimal | undefined => {
  if (other === undefined) return undefined
  let by = zero
  for (const holding of holdings) {
    if (holding.kind !== 'option') continue
    const [now, then] = [last.mark(holding), other.mark(holding)]
    if (now !== undefined && then !== undefined) by = add(by, multiply(holding.quantity, subtract(then, now)))
  }
  return by
}

const besideOf = (values: readonly (Decimal | undefined)[]): Beside =>
  values.reduce<Beside>(
    ({ low, high }, by) => (by === undefined ? { low, high } : { low: min(low, by), high: max(high, by) }),
    nothing,
  )

/**
 * A slow price, or one that is held, moves all options on an underlying at once: what each alone comes to at the worse of its
 * marks, summed, would take a hedge apart. So much is given back at the worst, and taken at the best. What has worn is left as it is.
 */
export const givenBack = (
  pool: Pool,
  positions: readonly Valued[],
): { readonly worst: Decimal; readonly best: Decimal } => {
  let [worst, best] = [zero, zero]
  const options = positions.filter(
    ({ instrument }) => instrument.option !== undefined && instrument.stand.wear.step === 0,
  )
  for (const underlying of new Set(options.map(({ instrument }) => instrument.underlying))) {
    const valuations = underlyingOf(pool, underlying)
    if (valuations === undefined) continue
    const { last, slow, held } = valuations
    const holdings = options.filter(({ instrument }) => instrument.underlying === underlying).map(positionHolding)
    const all = besideOf([slow, held].map((other) => movedBy(holdings, last, other)))
    for (const holding of holdings) {
      const alone = besideOf([slow, held].map((other) => movedBy([holding], last, other)))
      worst = subtract(worst, alone.low)
      best = subtract(best, alone.high)
    }
    worst = add(worst, all.low)
    best = add(best, all.high)
  }
  return { worst, best }
}
