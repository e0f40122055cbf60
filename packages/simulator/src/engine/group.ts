import type { BatchHandler, Delivery } from '@novation/platform'
import { isNonEmpty } from 'fp-ts/Array'
import type { Dice } from './dice'
import type { Life } from './life'
import type { Timeline } from './timeline'
import type { Weather } from './weather'

interface Member {
  readonly life: Life
  readonly dice: Dice
  readonly weather: () => Weather
  readonly handler: BatchHandler
  readonly signal: AbortSignal
  readonly leave: (error?: unknown) => void
  busy: boolean
}

/**
 * A consumer group: each partition has one member that owns it, and each member one batch in hand; what is not committed
 * when a partition changes hands comes again.
 */
export interface Group {
  readonly topic: string
  readonly join: (
    life: Life,
    dice: Dice,
    weather: () => Weather,
    handler: BatchHandler,
    signal: AbortSignal,
  ) => Promise<void>
  readonly stir: () => void
  /** By partition: the next offset to be read. */
  readonly committed: () => readonly number[]
  readonly rebalance: (dice: Dice) => void
}

/** How long the broker waits before it gives up a member it does not hear from. */
const session_ms = 6_000
const pause_ms = 250

export const openGroup = (
  timeline: Timeline,
  topic: string,
  name: string,
  partitions: readonly (readonly Delivery[])[],
  watch: (topic: string, partition: number, group: string, from: number, to: number) => void,
): Group => {
  let members: readonly Member[] = []
  const committed = partitions.map(() => 0)
  /** Counts the changes of hands: a commit of an earlier one is refused. */
  let generation = 0
  const pausing = new Set<number>()

  const owner = (partition: number): Member | undefined =>
    members[(generation + partition) % Math.max(1, members.length)]

  const doneOf = (partition: number): number => committed[partition] ?? 0

  const waitingFor = (member: Member): readonly number[] =>
    partitions.flatMap((records, partition) =>
      owner(partition) === member && !pausing.has(partition) && records.length > doneOf(partition) ? [partition] : [],
    )

  const reseat = (now: readonly Member[]): void => {
    members = now
    generation += 1
    pausing.clear()
    stir()
  }

  const leave = (member: Member): void => {
    if (members.includes(member)) reseat(members.filter((other) => other !== member))
  }

  const settle = (member: Member, taken: number, partition: number, from: number, done: number, of: number): void => {
    member.busy = false
    if (member.life.isOver()) return
    if (taken === generation && done > 0) {
      committed[partition] = from + done
      watch(topic, partition, name, from, from + done)
    }
    if (member.signal.aborted) {
      leave(member)
      return
    }
    if (done < of) {
      pausing.add(partition)
      timeline.after(pause_ms, () => {
        pausing.delete(partition)
        stir()
      })
    }
    stir()
  }

  const deliver = (member: Member, taken: number, partition: number): void => {
    if (taken !== generation || member.life.isOver() || member.signal.aborted) {
      member.busy = false
      if (member.signal.aborted && !member.life.isOver()) leave(member)
      stir()
      return
    }
    const from = doneOf(partition)
    const batch = (partitions[partition] ?? []).slice(from, from + member.dice.whole(1, 12))
    if (!isNonEmpty(batch)) {
      member.busy = false
      return
    }
    void member.handler(batch).then(
      (done) => settle(member, taken, partition, from, done, batch.length),
      (error) => member.leave(error ?? new Error('a handler threw nothing')),
    )
  }

  /** Gives a member that has nothing in hand the next batch; one that died leaves its partitions waiting. */
  const serve = (member: Member): void => {
    if (member.busy || member.life.isOver()) return
    const [first, ...rest] = waitingFor(member)
    if (first === undefined) return
    member.busy = true
    const { dice, weather } = member
    const slow = dice.chance(weather()['slow-bus'] * 0.1) ? dice.whole(100, 4_000) : 0
    const taken = generation
    const partition = dice.pick([first, ...rest])
    timeline.after(dice.whole(1, 10) + slow, () => deliver(member, taken, partition))
  }

  const stir = (): void => members.forEach(serve)

  /** A member that died without a word keeps the partition until its session is over. */
  const watchSession = (member: Member): void =>
    timeline.after(session_ms / 3, () => {
      if (!members.includes(member)) return
      if (member.life.isOver()) return timeline.after(session_ms, () => leave(member))
      watchSession(member)
    })

  return {
    topic,
    committed: () => committed,
    stir,
    join: (life, dice, weather, handler, signal) =>
      new Promise((resolve, reject) => {
        const member: Member = {
          life,
          dice,
          weather,
          handler,
          signal,
          busy: false,
          leave: (error) => {
            leave(member)
            if (!life.isOver()) error === undefined ? resolve() : reject(error)
          },
        }
        if (signal.aborted) return resolve()
        const stopping = (): void => {
          if (member.busy) timeline.after(10, stopping)
          else member.leave()
        }
        signal.addEventListener('abort', stopping, { once: true })
        // Whoever comes anew under a name drives out what died under it.
        reseat([...members.filter((other) => !other.life.isOver()), member])
        watchSession(member)
      }),
    rebalance: (dice) => {
      generation += dice.whole(1, 2)
      stir()
    },
  }
}
