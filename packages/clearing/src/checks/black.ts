/** The standard normal distribution, by its series (Marsaglia 2004): as exact as doubles are within eight deviations. */
const normal = (x: number): number => {
  if (x < -8 || x > 8) return x < 0 ? 0 : 1
  let [sum, term] = [x, x]
  for (let i = 3; Math.abs(term) > 1e-18 * Math.abs(sum); i += 2) {
    term *= (x * x) / i
    sum += term
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI)
}

/** What an option is worth on a forward (Black 1976): worked out as the textbook does, for checks alone. */
export const blackOf = (
  optionType: 'call' | 'put',
  forward: number,
  strike: number,
  deviation: number,
  discount: number,
): number => {
  const sign = optionType === 'call' ? 1 : -1
  if (deviation === 0) return discount * Math.max(0, sign * (forward - strike))
  const d1 = Math.log(forward / strike) / deviation + deviation / 2
  return discount * Math.max(0, sign * (forward * normal(sign * d1) - strike * normal(sign * (d1 - deviation))))
}
