import { exp } from './exp'
import { lnRatio } from './ln'

/** x^p = exp(p ln x) for x above zero. */
export const pow = (x: number, p: number): number => exp(p * lnRatio(x, 1))
