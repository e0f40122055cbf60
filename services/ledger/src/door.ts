import type { Processed } from '@novation/clearing'
import type { Command } from '@novation/events'
import type { Asked } from './groups'

/** Where commands wait to be decided: so many at most, and whoever brings more waits with them outside. */
export interface Door {
  /** Answers once the outcome of each is durable. Where the queue is full, it enters when there is room, in its turn. */
  readonly enter: (commands: readonly Command[]) => Promise<readonly Processed[]>
  /** The same for whoever cannot wait outside: `busy` where the queue is full, and then none of them has entered. */
  readonly offer: (commands: readonly Command[]) => Promise<readonly Processed[]> | 'busy'
  readonly next: () => Asked | undefined
  readonly isEmpty: () => boolean
  /** Lets in again, before all others, what was taken back. */
  readonly again: (asked: readonly Asked[]) => void
  /** Rejects whoever waits for an outcome, and everybody who comes. */
  readonly shut: (error: unknown) => void
}

/** A batch from the bus has up to 500. One that is larger than this enters alone. */
const most = 2_000

interface Party {
  readonly asked: readonly Asked[]
  readonly reject: (error: unknown) => void
}

/** `knocked` is told that something has entered. */
export const openDoor = (knocked: () => void): Door => {
  let queue: Asked[] = []
  let first = 0
  let outside: readonly Party[] = []
  /** Of everybody inside whose outcomes are not all there. */
  const waiting = new Set<Party>()
  let shut: { readonly error: unknown } | undefined

  const inside = (): number => queue.length - first
  const isFull = (count: number): boolean => inside() > 0 && inside() + count > most

  const letIn = (party: Party): void => {
    waiting.add(party)
    queue.push(...party.asked)
  }

  const letInWaiting = (): void => {
    for (let party = outside[0]; party !== undefined && !isFull(party.asked.length); party = outside[0]) {
      outside = outside.slice(1)
      letIn(party)
    }
  }

  const bring = (commands: readonly Command[], come: (party: Party) => void): Promise<readonly Processed[]> =>
    new Promise((resolve, reject) => {
      if (shut !== undefined) return reject(shut.error)
      if (commands.length === 0) return resolve([])
      const outcomes: Processed[] = []
      const answer = (outcome: Processed): void => {
        outcomes.push(outcome)
        if (outcomes.length < commands.length) return
        waiting.delete(party)
        resolve(outcomes)
      }
      const party: Party = { asked: commands.map((command) => ({ command, answer })), reject }
      come(party)
      knocked()
    })

  const isRefused = (count: number): boolean => outside.length > 0 || isFull(count)

  return {
    enter: (commands) =>
      bring(commands, (party) => {
        if (isRefused(commands.length)) outside = [...outside, party]
        else letIn(party)
      }),
    offer: (commands) => (shut === undefined && isRefused(commands.length) ? 'busy' : bring(commands, letIn)),
    next: () => {
      const asked = queue[first]
      if (asked === undefined) return undefined
      first += 1
      if (first === queue.length || first > most) {
        queue = queue.slice(first)
        first = 0
      }
      letInWaiting()
      return asked
    },
    isEmpty: () => inside() === 0,
    again: (asked) => {
      queue = [...asked, ...queue.slice(first)]
      first = 0
    },
    shut: (error) => {
      shut ??= { error }
      for (const { reject } of [...waiting, ...outside]) reject(error)
      waiting.clear()
      queue = []
      first = 0
    },
  }
}
