/**
 * Real numbers as integers of 2^-400, for making and judging the kernel's tables: slow, and exact far beyond a double. A
 * function of its own for each series, each summed until a term no longer counts.
 */
const bits = 400n
export const one = 1n << bits
export const ofInteger = (n: number): bigint => BigInt(n) * one
export const ofRatio = (n: number, d: number): bigint => ofInteger(n) / BigInt(d)
export const times = (a: bigint, b: bigint): bigint => (a * b) >> bits
export const over = (a: bigint, b: bigint): bigint => (a << bits) / b

/** A double exactly: its fraction has at most 1,074 places, so what is below 2^-400 is cut. */
export const ofDouble = (x: number): bigint => {
  let [whole, places] = [x, 0n]
  for (; whole !== Math.floor(whole); places += 1n) whole *= 2
  return (BigInt(whole) << bits) >> places
}

/** The nearest double, ties to even: a bigint is rounded once, and the division is by a power of two. */
export const toDouble = (a: bigint): number => Number(a) / 2 ** Number(bits)

/** The sum of first, next(first, 1), next(that, 2), … */
const series = (first: bigint, next: (term: bigint, n: bigint) => bigint): bigint => {
  let [total, term] = [first, first]
  for (let n = 1n; term !== 0n && term !== -1n; n += 1n) {
    term = next(term, n)
    total += term
  }
  return total
}

export const squareRoot = (a: bigint): bigint => {
  const square = a << bits
  let root = one << 64n
  for (;;) {
    const next = (root + square / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

/** Halved until small, then squared back: exact to some 390 bits of the result. */
export const exponential = (a: bigint): bigint => {
  const halvings = 16n
  let power = series(one, (term, n) => times(term, a >> halvings) / n)
  for (let i = 0n; i < halvings; i += 1n) power = times(power, power)
  return power
}

/** ln a by Newton on exp, from a double's logarithm. */
export const logarithm = (a: bigint): bigint => {
  let x = ofDouble(Math.log(toDouble(a)))
  for (let i = 0; i < 5; i += 1) x += over(a, exponential(x)) - one
  return x
}

const arcTangentOfInverse = (n: bigint): bigint => {
  let total = 0n
  let power = one / n
  for (let i = 1n, sign = 1n; power !== 0n; i += 2n, sign = -sign) {
    total += (sign * power) / i
    power /= n * n
  }
  return total
}
/** Machin, 1706: pi/4 = 4 atan(1/5) - atan(1/239). */
export const pi = 4n * (4n * arcTangentOfInverse(5n) - arcTangentOfInverse(239n))
export const rootOfPi = squareRoot(pi)

export const cosine = (a: bigint): bigint => {
  const square = times(a, a)
  return series(one, (term, n) => -times(term, square) / (2n * n * (2n * n - 1n)))
}

/** exp(x^2) erf(x) = 2/√pi * sum 2^n x^(2n+1) / (1*3*5*…*(2n+1)), for x that are not large. */
const scaledErf = (x: bigint): bigint => {
  const square = 2n * times(x, x)
  return over(2n * series(x, (term, n) => times(term, square) / (2n * n + 1n)), rootOfPi)
}

/** erfcx(x) √pi = 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), for x that are large. */
const byFraction = (x: bigint): bigint => {
  let below = x
  for (let n = 600n; n > 0n; n -= 1n) below = x + over((n * one) / 2n, below)
  return over(over(one, below), rootOfPi)
}

/** exp(x^2) erfc(x), for x >= 0. */
export const scaledErfc = (x: bigint): bigint =>
  x < ofInteger(8) ? exponential(times(x, x)) - scaledErf(x) : byFraction(x)

/** -d/dx of it: 2/√pi - 2x erfcx(x). */
export const fallOfScaledErfc = (x: bigint): bigint => over(2n * one, rootOfPi) - 2n * times(x, scaledErfc(x))
