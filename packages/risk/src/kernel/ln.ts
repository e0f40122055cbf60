import { ln2, rootOfHalf } from './constants'

const [ln2High = 0, ln2Low = 0] = ln2
const [half = 0] = rootOfHalf

/**
 * ln(a/b) of two doubles above zero, within 3 units of 2^-53: b is scaled by two into [a/√2, a*√2], then
 * `s = (a-b)/(a+b)`, `k*ln2 + 2s(1 + z/3 + … + z^10/21)` with z = s². Near a = b the difference is exact, so nothing is
 * lost where the logarithm is small. The same bits on every engine.
 */
export const lnRatio = (a: number, b: number): number => {
  let [k, near] = [0, b]
  for (; near < a * half; k += 1) near *= 2
  for (; near * half > a; k -= 1) near /= 2
  const s = (a - near) / (a + near)
  const z = s * s
  const tail =
    z *
    (1 / 3 +
      z *
        (1 / 5 +
          z *
            (1 / 7 +
              z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15 + z * (1 / 17 + z * (1 / 19 + z * (1 / 21))))))))))
  const rest = 2 * s + 2 * s * tail
  return k === 0 ? rest : k * ln2High + (rest + k * ln2Low)
}
