import { densityAtZero, rootOfHalf } from './constants'
import { erfcx } from './erfcx'
import { exp } from './exp'

const [top = 0] = densityAtZero
const [half = 0] = rootOfHalf

/** The density of the standard normal distribution. */
export const density = (x: number): number => top * exp((-x * x) / 2)

/** Its distribution, to the last digits in the lower tail too: `exp(-x²/2) erfcx(-x/√2)/2` below 0, 1 less that above. */
export const distribution = (x: number): number => {
  const y = x < 0 ? -x : x
  const tail = (exp((-x * x) / 2) * erfcx(y * half)) / 2
  return x < 0 ? tail : 1 - tail
}
