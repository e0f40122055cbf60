import { scaleUtc } from 'd3-scale'

const minute_ms = 60_000

/** Times at which an axis says something, and what: as many as fit; to the second where they are closer than minutes. */
export const timeTicks = (
  from: number,
  to: number,
  width: number,
): readonly { readonly at: number; readonly text: string }[] => {
  const scale = scaleUtc().domain([from, to])
  const ticks = scale.ticks(Math.max(2, Math.floor(width / 110)))
  const isDays = to - from > 3 * 86_400_000
  const chars = ticks.some((time) => time.getTime() % minute_ms !== 0) ? 8 : 5
  return ticks.map((time) => {
    const text = time.toISOString()
    return { at: time.getTime(), text: isDays ? text.slice(0, 10) : text.slice(11, 11 + chars) }
  })
}

const units = [
  [1e9, 'bn'],
  [1e6, 'm'],
  [1e3, 'k'],
] as const

/** A figure on an axis, short: `400 k`. */
export const short = (value: number): string => {
  const [unit, word] = units.find(([least]) => Math.abs(value) >= least) ?? [1, '']
  return `${Number((value / unit).toFixed(2))}${word === '' ? '' : ` ${word}`}`
}
