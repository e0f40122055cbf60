import type { Decimal } from '@novation/decimal'
import { lnRatio } from '../kernel/ln'
import { toDouble } from './double'
import type { Row } from './model'
import type { Valuation } from './valuation'

const variants: readonly Row['volatility'][] = ['none', 'up', 'down', 'skew-linear', 'skew-absolute']

/** |ln(a/b)|; what was nothing and is something has no ratio. */
const change = (a: number, b: number): number => {
  if (a === b) return 0
  return a > 0 && b > 0 ? Math.abs(lnRatio(a, b)) : Number.POSITIVE_INFINITY
}

/** The steepest that a price is in its deviation, as a share of forward or strike: the density of the normal at 0, rounded up. */
const steepest = 0.4

const wearOfExpiry = (before: Valuation, after: Valuation, expiry_ms: number, strikes: readonly Decimal[]): number => {
  const [term, next] = [before.term(expiry_ms), after.term(expiry_ms)]
  const [model, nextModel] = [before.modelTerm(expiry_ms), after.modelTerm(expiry_ms)]
  if (term === undefined || next === undefined || model === undefined || nextModel === undefined)
    return Number.POSITIVE_INFINITY
  const [root, nextRoot] = [Math.sqrt(term.tau), Math.sqrt(next.tau)]
  const deviation = strikes.reduce((most, strike) => {
    const [smile, nextSmile] = [model.smile(strike), nextModel.smile(strike)]
    return Math.max(most, ...variants.map((of) => Math.abs(smile[of] * root - nextSmile[of] * nextRoot)))
  }, 0)
  const basis = (of: Valuation, forward: number): number => forward / toDouble(of.inputs.index)
  return (
    steepest * deviation +
    change(basis(before, term.forward.floating), basis(after, next.forward.floating)) +
    change(term.discount, next.discount) +
    change(toDouble(model.long), toDouble(nextModel.long)) +
    change(toDouble(model.short), toDouble(nextModel.short)) +
    change(toDouble(model.basisFactor), toDouble(nextModel.basisFactor))
  )
}

/**
 * What an event adds to the wear of each expiry: `.4 * max|Δs|` over its listed strikes and the volatilities of the rows, in which
 * surface and time are one, and `|Δ ln|` of forward over index, of D, of both discounts and of the basis factor. Moves of the index
 * itself are no wear. Infinite where the expiry, or its model, was not known before or is no more; where a model or the steps in force
 * change, everybody who holds is to be judged anew.
 */
export const wearBetween = (
  before: Valuation,
  after: Valuation,
  listed: ReadonlyMap<number, readonly Decimal[]>,
): ReadonlyMap<number, number> =>
  new Map([...listed].map(([expiry_ms, strikes]) => [expiry_ms, wearOfExpiry(before, after, expiry_ms, strikes)]))

/** What a tick adds to the wear of a linear contract: by how much its mark goes another way than the index, `|Δ ln(mark/index)|`. */
export const wearOfMark = (
  before: { readonly mark: Decimal; readonly index: Decimal },
  after: { readonly mark: Decimal; readonly index: Decimal },
): number => change(toDouble(before.mark) / toDouble(before.index), toDouble(after.mark) / toDouble(after.index))
