import { ln2OverThirtyTwo, powersOfTwo, thirtyTwoOverLn2 } from './constants'

const [stepHigh = 0, stepLow = 0] = ln2OverThirtyTwo
const [stepsPerUnit = 0] = thirtyTwoOverLn2

/** 2^k for k from -1022 to 1023, each made of the one before by an exact doubling. */
const least = -1022
const exactPowers = new Float64Array(2046)
let power = 2.2250738585072014e-308
for (let i = 0; i < exactPowers.length; i += 1) {
  exactPowers[i] = power
  power *= 2
}

/** x * 2^k with one rounding; below the normal doubles by way of 2^64, so that only the last step rounds. */
const scaled = (x: number, k: number): number => {
  if (k < least) return x * (exactPowers[k + 64 - least] as number) * 5.421010862427522e-20
  return k > 1023 ? x * 2 * (exactPowers[1023 - least] as number) : x * (exactPowers[k - least] as number)
}

/**
 * e^x within 1.1 units of 2^-53: `n = floor(x*32/ln2 + .5)`, `r = x - n*ln2/32` in two parts, 2^(j/32) from a table in two
 * parts, six terms of Taylor's series, an exact power of two (Tang 1989, in the order written here). 0 below -745.2, where no
 * double is left, and infinity above 709.8. The same bits on every engine.
 */
export const exp = (x: number): number => {
  if (x < -745.2) return 0
  if (x > 709.79) return Number.POSITIVE_INFINITY
  const n = Math.floor(x * stepsPerUnit + 0.5)
  const r = x - n * stepHigh - n * stepLow
  const k = Math.floor(n / 32)
  const j = 2 * (n - 32 * k)
  const p = r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720))))))
  const high = powersOfTwo[j] as number
  return scaled(high + (powersOfTwo[j + 1] as number) + high * p, k)
}
