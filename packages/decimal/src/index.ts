export { apportion } from './apportion'
export { abs, add, multiply, negate, subtract, sum } from './arithmetic'
export { halfEvenRatio } from './half-even'
export {
  atLeast,
  atMost,
  compare,
  equals,
  greaterThan,
  isNegative,
  isPositive,
  isZero,
  lessThan,
  max,
  min,
} from './order'
export {
  addRatios,
  ceilRatio,
  compareRatios,
  divideRatios,
  floorRatio,
  minRatio,
  multiplyRatios,
  type Ratio,
  ratio,
  scale,
  subtractRatios,
  whole,
} from './ratio'
export { ceil, divideCeil, divideFloor, floor, unit } from './rounding'
export type { Decimal } from './scaled'
export { decimal, format, integer, one, places, toNumber, zero } from './text'
