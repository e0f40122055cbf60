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

/** A consumer group of one partition: one member owns it; what is not committed when it changes hands comes again. */
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
  readonly committed: () => number
  readonly rebalance: (dice: Dice) => void
}

/** How long the broker waits before it gives up a member it does not hear from. */
const session_ms = 6_000
const pause_ms = 250

export const openGroup = (
  timeline: Timeline,
  topic: string,
  name: string,
  records: readonly Delivery[],
  watch: (topic: string, group: string, from: number, to: number) => void,
): Group => {
  let members: readonly Member[] = []
  let committed = 0
  /** Counts the changes of hands: a commit of an earlier one is refused. */
  let generation = 0
  let pausing = false

  const owner = (): Member | undefined => members[generation % Math.max(1, members.length)]

  const reseat = (now: readonly Member[]): void => {
    members = now
    generation += 1
    pausing = false
    stir()
  }

  const leave = (member: Member): void => {
    if (members.includes(member)) reseat(members.filter((other) => other !== member))
  }

  const settle = (member: Member, taken: number, from: number, done: number, of: number): void => {
    member.busy = false
    if (member.life.isOver()) return
    if (taken === generation && done > 0) {
      committed = from + done
      watch(topic, name, from, committed)
    }
    if (member.signal.aborted) {
      leave(member)
      return
    }
    if (done < of) {
      pausing = true
      timeline.after(pause_ms, () => {
        pausing = false
        stir()
      })
    }
    stir()
  }

  const deliver = (member: Member, taken: number): void => {
    if (taken !== generation || member.life.isOver() || member.signal.aborted) {
      member.busy = false
      if (member.signal.aborted && !member.life.isOver()) leave(member)
      stir()
      return
    }
    const from = committed
    const batch = [...records.slice(from, from + member.dice.whole(1, 12))]
    if (!isNonEmpty(batch)) {
      member.busy = false
      return
    }
    member.handler(batch).then(
      (done) => settle(member, taken, from, done, batch.length),
      (error) => member.leave(error ?? new Error('a handler threw nothing')),
    )
  }

  const stir = (): void => {
    const member = owner()
    if (member === undefined || member.busy || pausing || records.length <= committed) return
    member.busy = true
    const { dice, weather } = member
    const slow = dice.chance(weather()['slow-bus'] * 0.1) ? dice.whole(100, 4_000) : 0
    const taken = generation
    timeline.after(dice.whole(1, 10) + slow, () => deliver(member, taken))
  }

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
        signal.addEventListener('abort', stopping)
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
