import type { Pool } from '@novation/clearing'
import type { Checkpoints, Followed, Reactor } from '@novation/platform'
import type { Dice } from '../engine/dice'
import { answerAfter, type Life } from '../engine/life'
import type { Timeline } from '../engine/timeline'
import type { Weather } from '../engine/weather'

/** What a reactor's disk holds of each pool: the newest checkpoint last. Older ones are what a stale disk gives back. */
export type Disk = Map<string, readonly Followed<Pool>[]>

const every = 15

/** Checkpoints on a simulated disk: kept at the end of commands only, and read back through the reactor's own snapshot. */
export const checkpointsOn = (
  disk: Disk,
  reactor: Reactor<Pool>,
  timeline: Timeline,
  life: Life,
  dice: Dice,
  weather: () => Weather,
): Checkpoints<Pool> => {
  const keptOf = (pool: string): readonly Followed<Pool>[] => disk.get(pool) ?? []
  const flush = (pool: string, followed: Followed<Pool>): Promise<void> =>
    answerAfter(timeline, life, dice.whole(1, 3), () => void disk.set(pool, [...keptOf(pool).slice(-3), followed]))
  return {
    flush,
    save: async (pool, followed) => {
      if (followed.revision !== followed.asking.groupEnd) return
      if (followed.revision - (keptOf(pool).at(-1)?.revision ?? -1) >= every) await flush(pool, followed)
    },
    load: (pool) =>
      answerAfter(timeline, life, dice.whole(1, 3), () => {
        const all = keptOf(pool)
        const isStale = dice.chance(weather()['stale-checkpoint'])
        const kept = isStale ? all[dice.whole(0, Math.max(0, all.length - 1))] : all.at(-1)
        if (kept === undefined || reactor.snapshot === undefined) return undefined
        const read = reactor.snapshot.read(JSON.parse(JSON.stringify(reactor.snapshot.write(kept.asking.state))))
        return read._tag === 'Left' ? undefined : { ...kept, asking: { ...kept.asking, state: read.right } }
      }),
  }
}
