import type { Decimal } from '@novation/decimal'
import { blackPrice } from '../kernel/price'
import { ofUnits, pricePlaces, toDouble, toUnits } from './double'
import type { Series, UnderlyingInputs } from './market'
import type { RiskModel } from './model'
import { type Scenario, scenariosOf } from './rows'
import { type Sensitivity, sensitivityOf } from './sensitivity'
import { statesOf } from './states'
import { type ModelTerm, modelTermOf, type Term, termOf } from './term'

/** What one of a series is worth in every state, in whole units of 1e-8: the first three places have names, the rows follow. */
export type UnitPrices = Float64Array
export const base = 0
export const basisUp = 1
export const basisDown = 2
export const firstRow = 3

/** A state in which a contract is priced. */
interface State {
  readonly forward: number
  readonly volatility: number
  readonly tau: number
  readonly discount: number
}

/**
 * What one of a contract is worth in each state, by its kind. What is linear in the index needs no line here: it is exact.
 */
export const pricers = {
  option: ({ optionType, strike }: Series): ((state: State) => number) => {
    const k = toDouble(strike)
    return ({ forward, volatility, tau, discount }) => blackPrice(optionType, forward, k, volatility, tau, discount)
  },
}

/** The value of a market event: what everything on an underlying is worth by what was recorded, made when first asked for. */
export interface Valuation {
  readonly underlying: string
  readonly inputs: UnderlyingInputs
  readonly model: RiskModel | undefined
  readonly stepsInForce: number | undefined
  readonly scenarios: readonly Scenario[]
  readonly term: (expiry_ms: number) => Term | undefined
  /** Undefined where nothing was published of the expiry, or nothing is modelled. */
  readonly modelTerm: (expiry_ms: number) => ModelTerm | undefined
  /** What one of a series is worth now, the nearest 1e-8, never below 0; undefined where nothing was published of its expiry. */
  readonly mark: (series: Series) => Decimal | undefined
  readonly unitPrices: (series: Series) => UnitPrices | undefined
  readonly sensitivity: (series: Series) => Sensitivity | undefined
}

/** Answers by key, each made once. */
const kept = <Key, Argument, Answer>(keyOf: (a: Argument) => Key, make: (a: Argument) => Answer) => {
  const answers = new Map<Key, Answer>()
  return (argument: Argument): Answer => {
    const key = keyOf(argument)
    const known = answers.get(key)
    if (known !== undefined || answers.has(key)) return known as Answer
    const made = make(argument)
    answers.set(key, made)
    return made
  }
}

/** The expiry of a series and all its states; undefined where nothing is published or modelled. */
const inStates = (valuation: Valuation, series: Series) => {
  const { model, scenarios } = valuation
  const term = valuation.term(series.expiry_ms)
  const smile = valuation.modelTerm(series.expiry_ms)?.smile(series.strike)
  if (model === undefined || term === undefined || smile === undefined) return undefined
  return { term, states: statesOf(model, scenarios, smile) }
}

const priceAll = (valuation: Valuation, series: Series): UnitPrices | undefined => {
  const at = inStates(valuation, series)
  if (at === undefined) return undefined
  const { tau, discount, forward } = at.term
  const price = pricers.option(series)
  return Float64Array.from(at.states, ({ move, volatility }) =>
    toUnits(price({ forward: forward.fixed + forward.floating * move, volatility, tau, discount })),
  )
}

const answerOf = (valuation: Valuation, series: Series): Sensitivity | undefined => {
  const at = inStates(valuation, series)
  return at === undefined ? undefined : sensitivityOf(series, at.term, at.states)
}

const valuationIn = (
  underlying: string,
  inputs: UnderlyingInputs,
  model: RiskModel | undefined,
  stepsInForce: number | undefined,
  scenarios: readonly Scenario[],
): Valuation => {
  const expiry = (expiry_ms: number): number => expiry_ms
  const id = (series: Series): string => series.id
  const term = kept(expiry, (expiry_ms) => termOf(inputs, expiry_ms))
  const markOf = (series: Series): Decimal | undefined => {
    const of = term(series.expiry_ms)
    if (of === undefined) return undefined
    const { tau, discount, forward } = of
    const state = { forward: forward.fixed + forward.floating, volatility: of.volatility(series.strike), tau, discount }
    return ofUnits(toUnits(pricers.option(series)(state)), pricePlaces)
  }
  const valuation: Valuation = {
    underlying,
    inputs,
    model,
    stepsInForce,
    scenarios,
    term,
    modelTerm: kept(expiry, (expiry_ms) => {
      const of = term(expiry_ms)
      return of === undefined || model === undefined ? undefined : modelTermOf(model, inputs, of, expiry_ms)
    }),
    mark: kept(id, markOf),
    unitPrices: kept(id, (series) => priceAll(valuation, series)),
    sensitivity: kept(id, (series) => answerOf(valuation, series)),
  }
  return valuation
}

/**
 * Values an underlying by what is recorded of it. One is kept beside the immutable market value of each underlying, and made
 * anew with it; `model` is needed for rows, not for marks; `stepsInForce` as in `scenariosOf`.
 */
export const valuationOf = (
  underlying: string,
  inputs: UnderlyingInputs,
  model?: RiskModel,
  stepsInForce?: number,
): Valuation =>
  valuationIn(underlying, inputs, model, stepsInForce, model === undefined ? [] : scenariosOf(model, stepsInForce))

/** The same recorded facts at another index: a slow one, or a candidate that is held. */
export const valuationAt = (
  { underlying, inputs, model, stepsInForce, scenarios }: Valuation,
  index: Decimal,
): Valuation => valuationIn(underlying, { ...inputs, index }, model, stepsInForce, scenarios)
