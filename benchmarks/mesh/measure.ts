/** Milliseconds since some moment before this process, on a clock that is never set. */
export const now_ms = (): number => Number(process.hrtime.bigint()) / 1e6

/** The least of the values that so great a part of all of them does not exceed (nearest rank). */
export const percentile = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

export const perSecond = (count: number, ms: number): number => (count * 1000) / ms
