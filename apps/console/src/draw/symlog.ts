/** Straight near zero and a logarithm beyond one: the scale that the grid is told in. */
export const symlog = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value))

interface Range {
  readonly from: number
  readonly to: number
}

/** An axis of that scale, and the powers of ten that it says. */
export interface Reach extends Range {
  readonly powers: readonly number[]
}

/** Every second power of ten is said where there are many. */
const sparse = 5

/** What an axis reaches over, a little wider than what is drawn, so that nothing lies on its edge. */
export const reachOf = ({ from, to }: Range): Reach => {
  const room = Math.max(0.3, (to - from) / 25)
  const reach = { from: from === 0 ? 0 : from - room, to: to + room }
  const powers = Array.from({ length: 19 }, (_, i) => 10 ** i).filter(
    (power) => symlog(power) <= reach.to || -symlog(power) >= reach.from,
  )
  const told = powers.filter((power) => power > 1).filter((_, i, all) => all.length <= sparse || i % 2 === 1)
  const isWithin = (power: number): boolean => symlog(power) >= reach.from && symlog(power) <= reach.to
  return { ...reach, powers: [...told.map((power) => -power).reverse(), 0, ...told].filter(isWithin) }
}

/** Where both axes say the same, as a path. */
export const linearPath = (
  right: Range,
  up: Range,
  x: (value: number) => number,
  y: (value: number) => number,
): string => {
  const [from, to] = [Math.max(right.from, up.from), Math.min(right.to, up.to)]
  return from >= to ? '' : `M${x(from).toFixed(1)},${y(from).toFixed(1)}L${x(to).toFixed(1)},${y(to).toFixed(1)}`
}
