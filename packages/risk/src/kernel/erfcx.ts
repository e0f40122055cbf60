import { erfcxTable, fallTable } from './constants'
import { exp } from './exp'

/** The polynomial of the interval of t = 4/(4+x) in which x lies. */
const tabled = (table: readonly number[], x: number): number => {
  const t = 4 / (4 + x)
  const j = t < 1 ? Math.floor(t * 32) : 31
  const u = t * 64 - (2 * j + 1)
  const c = 8 * j
  return (
    (table[c] as number) +
    u *
      ((table[c + 1] as number) +
        u *
          ((table[c + 2] as number) +
            u *
              ((table[c + 3] as number) +
                u *
                  ((table[c + 4] as number) +
                    u * ((table[c + 5] as number) + u * ((table[c + 6] as number) + u * (table[c + 7] as number)))))))
  )
}

/**
 * exp(x²) erfc(x), within 7 units of 2^-53 for x >= 0: in each of 32 intervals of t = 4/(4+x) a polynomial of degree 7 for
 * (4+x) erfcx(x) (the substitution is Cody's and Schonfelder's); below zero `2exp(x²) - erfcx(-x)`.
 */
export const erfcx = (x: number): number => (x < 0 ? 2 * exp(x * x) - erfcx(-x) : tabled(erfcxTable, x) / (4 + x))

/** How fast it falls, -erfcx'(x) for x >= 0, from a table of its own: 2/√pi - 2x erfcx(x) would lose all its digits as x grows. */
export const fallOfErfcx = (x: number): number => tabled(fallTable, x) / (4 + x) / (4 + x)
