import type * as decimals from '..'

export type Api = typeof decimals

/** What one round of the fuzz is played with: the same for either inside. */
export type Hand = { readonly texts: readonly string[]; readonly places: number; readonly n: number }

/** A hand as one of the two insides holds it. */
const held = (api: Api, { texts, places, n }: Hand) => {
  const all = texts.map(api.decimal)
  const [a = api.zero, b = api.zero, c = api.one, d = api.one] = all
  const [r, q] = [() => api.ratio(a, b), () => api.ratio(c, d)]
  return { api, a, b, c, all, r, q, places, n, text: texts[0] ?? '' }
}

/** Every function of the package, called once: the compiler names the one that is missing. */
export const plays: {
  readonly [name in Exclude<keyof Api, 'zero' | 'one'>]: (hand: ReturnType<typeof held>) => unknown
} = {
  abs: ({ api, a }) => api.abs(a),
  add: ({ api, a, b }) => api.add(a, b),
  addRatios: ({ api, r, q }) => api.addRatios(r(), q()),
  apportion: ({ api, a, all, places }) => api.apportion(api.floor(a, places), all.slice(1).map(api.abs), places),
  atLeast: ({ api, a, b }) => api.atLeast(a, b),
  atMost: ({ api, a, b }) => api.atMost(a, b),
  ceil: ({ api, a, places }) => api.ceil(a, places),
  ceilRatio: ({ api, r, places }) => api.ceilRatio(r(), places),
  compare: ({ api, a, b }) => api.compare(a, b),
  compareRatios: ({ api, r, q }) => api.compareRatios(r(), q()),
  decimal: ({ api, text, n }) => api.decimal(n % 50 === 0 ? `${text}${['.', '-', ' ', 'e1'][n % 4]}` : text),
  divideCeil: ({ api, a, b, places }) => api.divideCeil(a, b, places),
  divideFloor: ({ api, a, b, places }) => api.divideFloor(a, b, places),
  divideRatios: ({ api, r, q }) => api.divideRatios(r(), q()),
  equals: ({ api, a, b }) => api.equals(a, b),
  floor: ({ api, a, places }) => api.floor(a, places),
  floorRatio: ({ api, r, places }) => api.floorRatio(r(), places),
  format: ({ api, a }) => api.format(a),
  greaterThan: ({ api, a, b }) => api.greaterThan(a, b),
  halfEvenRatio: ({ api, r, places }) => api.halfEvenRatio(r(), places),
  integer: ({ api, n }) => api.integer(n),
  isNegative: ({ api, a }) => api.isNegative(a),
  isPositive: ({ api, a }) => api.isPositive(a),
  isZero: ({ api, a }) => api.isZero(a),
  lessThan: ({ api, a, b }) => api.lessThan(a, b),
  max: ({ api, a, b }) => api.max(a, b),
  min: ({ api, a, b }) => api.min(a, b),
  minRatio: ({ api, r, q }) => api.minRatio(r(), q()),
  multiply: ({ api, a, b }) => api.multiply(a, b),
  multiplyRatios: ({ api, r, q }) => api.multiplyRatios(r(), q()),
  negate: ({ api, a }) => api.negate(a),
  places: ({ api, a }) => api.places(a),
  ratio: ({ r }) => r(),
  scale: ({ api, r, c }) => api.scale(r(), c),
  subtract: ({ api, a, b }) => api.subtract(a, b),
  subtractRatios: ({ api, r, q }) => api.subtractRatios(r(), q()),
  sum: ({ api, all }) => api.sum(all),
  toNumber: ({ api, a }) => api.toNumber(a),
  unit: ({ api, places }) => api.unit(Math.abs(places)),
  whole: ({ api, a }) => api.whole(a),
}

/** A result in words, so that what two insides make of it can be compared. */
const shown = (api: Api, result: unknown): unknown => {
  if (Array.isArray(result)) return result.map((each) => shown(api, each))
  if (typeof result !== 'object' || result === null) return Object.is(result, -0) ? '-0' : result
  if ('numerator' in result && 'denominator' in result) {
    return { numerator: shown(api, result.numerator), denominator: shown(api, result.denominator) }
  }
  const value = result as unknown as decimals.Decimal
  const text = api.format(value)
  // Computed or read, a value has one form: equality, and so every later step, relies on it.
  return api.equals(value, api.decimal(text)) ? text : `${text}, which does not equal what is read of it`
}

/** What one inside answers, or throws, in words. */
export const played = (api: Api, name: keyof typeof plays, hand: Hand): string => {
  try {
    return JSON.stringify(shown(api, plays[name](held(api, hand))))
  } catch (error) {
    return `throws ${String(error)}`
  }
}
