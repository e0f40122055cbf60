import createBig, { type Big } from 'big.js'
import type * as decimals from '..'

/** For tests: everything this package offers, said once more with nothing but big.js. Plain, slow, and asked only to agree. */
const Exact = createBig()
Exact.strict = true

const plain = /^-?\d+(\.\d+)?$/
/** big.js knows a negative zero, this package does not. */
const seal = (big: Big): Big => {
  if (big.s < 0 && big.c[0] === 0) big.s = 1
  return big
}
const decimal = (text: string): Big => {
  if (!plain.test(text)) throw new TypeError(`not a decimal in plain notation: ${JSON.stringify(text)}`)
  return seal(new Exact(text))
}
const integer = (n: number): Big => {
  if (!Number.isSafeInteger(n)) throw new TypeError(`not a safe integer: ${n}`)
  return decimal(String(n))
}
const [zero, one] = [decimal('0'), decimal('1')]
const isNegative = (a: Big): boolean => a.lt(zero)
const round = (a: Big, places: number, away: boolean): Big => seal(a.round(places, away ? 3 : 0))
const divideBy = (n: Big, d: Big, places: number, mode: 0 | 2 | 3): Big => {
  Exact.DP = places
  Exact.RM = mode
  return seal(n.div(d))
}
const divide = (n: Big, d: Big, places: number, away: boolean): Big => divideBy(n, d, places, away ? 3 : 0)
const areUnlike = (n: Big, d: Big): boolean => isNegative(n) !== isNegative(d)
const divideFloor = (n: Big, d: Big, places: number): Big => divide(n, d, places, areUnlike(n, d))
const divideCeil = (n: Big, d: Big, places: number): Big => divide(n, d, places, !areUnlike(n, d))
const unit = (places: number): Big => new Exact(`1e${-places}`)
const placesOf = (a: Big): number => Math.max(0, a.c.length - 1 - a.e)
const sum = (items: Iterable<Big>): Big => seal([...items].reduce((total, item) => total.plus(item), zero))

type Ratio = { readonly numerator: Big; readonly denominator: Big }
const ratio = (n: Big, d: Big): Ratio => {
  if (d.eq(zero)) throw new RangeError('a ratio with denominator zero')
  return isNegative(d)
    ? { numerator: seal(n.neg()), denominator: seal(d.neg()) }
    : { numerator: seal(n), denominator: seal(d) }
}
const addRatios = (a: Ratio, b: Ratio): Ratio =>
  a.denominator.eq(b.denominator)
    ? ratio(a.numerator.plus(b.numerator), a.denominator)
    : ratio(a.numerator.times(b.denominator).plus(b.numerator.times(a.denominator)), a.denominator.times(b.denominator))
const cross = (a: Ratio, b: Ratio): -1 | 0 | 1 =>
  a.numerator.times(b.denominator).cmp(b.numerator.times(a.denominator)) as -1 | 0 | 1

/** One unit at a time to whoever is furthest below his exact part: the same as by largest remainder. */
const apportion = (total: Big, weights: readonly Big[], places: number): Big[] => {
  if (placesOf(total) > places) throw new RangeError(`a total finer than ${places} decimal places`)
  if (weights.some(isNegative)) throw new RangeError('a negative weight')
  if (total.eq(zero)) return weights.map(() => zero)
  const all = sum(weights)
  if (all.eq(zero)) throw new RangeError('something to split and no weight to split it by')
  const shares = weights.map((weight) => divide(total.times(weight), all, places, false))
  const lacking = (i: number): Big =>
    total
      .times(weights[i] ?? zero)
      .minus(all.times(shares[i] ?? zero))
      .abs()
  const step = isNegative(total) ? unit(places).neg() : unit(places)
  while (!sum(shares).eq(total)) {
    const next = weights.reduce((best, _, i) => (lacking(i).gt(lacking(best)) ? i : best), 0)
    shares[next] = (shares[next] ?? zero).plus(step)
  }
  return shares
}

export const oracle = {
  apportion,
  decimal,
  integer,
  zero,
  one,
  format: (a: Big) => a.toFixed(),
  places: placesOf,
  toNumber: (a: Big) => Number(a.toString()),
  abs: (a: Big) => a.abs(),
  negate: (a: Big) => seal(a.neg()),
  add: (a: Big, b: Big) => seal(a.plus(b)),
  subtract: (a: Big, b: Big) => seal(a.minus(b)),
  multiply: (a: Big, b: Big) => seal(a.times(b)),
  sum,
  compare: (a: Big, b: Big) => a.cmp(b),
  equals: (a: Big, b: Big) => a.eq(b),
  lessThan: (a: Big, b: Big) => a.lt(b),
  atMost: (a: Big, b: Big) => a.lte(b),
  greaterThan: (a: Big, b: Big) => a.gt(b),
  atLeast: (a: Big, b: Big) => a.gte(b),
  min: (a: Big, b: Big) => (b.lt(a) ? b : a),
  max: (a: Big, b: Big) => (b.gt(a) ? b : a),
  isZero: (a: Big) => a.eq(zero),
  isNegative,
  isPositive: (a: Big) => a.gt(zero),
  floor: (a: Big, places: number) => round(a, places, isNegative(a)),
  ceil: (a: Big, places: number) => round(a, places, !isNegative(a)),
  divideFloor,
  divideCeil,
  unit,
  ratio,
  whole: (a: Big) => ratio(a, one),
  addRatios,
  subtractRatios: (a: Ratio, b: Ratio) => addRatios(a, ratio(b.numerator.neg(), b.denominator)),
  multiplyRatios: (a: Ratio, b: Ratio) => ratio(a.numerator.times(b.numerator), a.denominator.times(b.denominator)),
  divideRatios: (a: Ratio, b: Ratio) => ratio(a.numerator.times(b.denominator), a.denominator.times(b.numerator)),
  scale: (r: Ratio, a: Big) => ratio(r.numerator.times(a), r.denominator),
  compareRatios: cross,
  minRatio: (a: Ratio, b: Ratio) => (cross(b, a) < 0 ? b : a),
  floorRatio: (r: Ratio, places: number) => divideFloor(r.numerator, r.denominator, places),
  ceilRatio: (r: Ratio, places: number) => divideCeil(r.numerator, r.denominator, places),
  halfEvenRatio: (r: Ratio, places: number) => divideBy(r.numerator, r.denominator, places, 2),
} as unknown as typeof decimals
