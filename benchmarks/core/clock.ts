/** Microseconds of CPU of this process, all its threads: a machine that does something else at the same time changes them least. */
export const cpu_us = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

export const timed_us = (work: () => void): number => {
  const began = cpu_us()
  work()
  return cpu_us() - began
}

export const timedAsync_us = async (work: () => Promise<unknown>): Promise<number> => {
  const began = cpu_us()
  await work()
  return cpu_us() - began
}

export const start_ms = Date.parse('2024-01-01T00:00:00Z')

/** Of sorted figures, the one below which so great a part of them lies. */
export const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
