import type { Bus } from '@novation/platform'
import { until } from './real-mesh'

/** The dead letters of a pool, once there are so many: why, in a code and in words, and what was buried. */
export const deadLettersOf = async (bus: Bus, pool: string, count: number): Promise<readonly (readonly string[])[]> => {
  const dead: string[][] = []
  const stop = new AbortController()
  const reading = bus.subscribe(
    { topic: 'novation.dead-letters', group: `reader-${pool}`, from: 'beginning' },
    async (batch) => {
      for (const { key, headers, value } of batch)
        if (key === pool) dead.push([headers.dead_reason ?? '', headers.dead_text ?? '', value.toString()])
      return batch.length
    },
    stop.signal,
  )
  await until(
    () => dead.length >= count,
    () => `dead letters: ${dead.map(([reason]) => reason).join(', ')}`,
  )
  stop.abort()
  await reading
  return dead
}
