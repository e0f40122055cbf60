import {
  type AppendError,
  type EventStore,
  noStream,
  type RecordedEvent,
  type Revision,
  type StoredEvent,
} from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import type { Dice } from './dice'
import { answerAfter, type Life } from './life'
import type { Timeline } from './timeline'
import type { Weather } from './weather'

/** The one store of a world, as it truly is. Each process sees it through a connection of its own. */
export interface StoreRoom {
  readonly connect: (life: Life, dice: Dice, weather: () => Weather) => EventStore
  readonly stream: (name: string) => readonly RecordedEvent[]
}

/** Hears of every append the moment it is durable. */
export type Appended = (stream: string, events: readonly RecordedEvent[]) => void

const page = 50

export const openStoreRoom = (timeline: Timeline, appended: Appended): StoreRoom => {
  const streams = new Map<string, RecordedEvent[]>()
  const all: RecordedEvent[] = []
  const stream = (name: string): readonly RecordedEvent[] => streams.get(name) ?? []

  /** As strict as the port: expected revision, all or nothing, a retry of the very same answers as the first time. */
  const write = (name: string, events: readonly StoredEvent[], expected: Revision): Either<AppendError, Revision> => {
    const held = stream(name)
    const actual = held.length - 1
    const last = expected + events.length
    if (actual !== expected) {
      const isRetry = events.every(({ id }, i) => held[expected + 1 + i]?.id === id)
      return isRetry ? right(last) : left({ tag: 'conflict', actual: actual < 0 ? noStream : actual })
    }
    const recorded = events.map((event, i) => {
      if (event.revision !== expected + 1 + i) throw new Error(`append: ${name} is due revision ${expected + 1 + i}`)
      return { ...event, stream: name, position: String(all.length + 1 + i) }
    })
    streams.set(name, [...held, ...recorded])
    all.push(...recorded)
    appended(name, recorded)
    return right(last)
  }

  const connect = (life: Life, dice: Dice, weather: () => Weather): EventStore => {
    const wait = (): number =>
      dice.whole(1, 4) + (dice.chance(weather()['slow-store'] * 0.2) ? dice.whole(50, 3_000) : 0)
    const slice = (name: string, from: Revision) =>
      answerAfter(timeline, life, wait(), () => stream(name).slice(from, from + page))

    async function* read(name: string, from: Revision): AsyncIterable<RecordedEvent> {
      for (let next = from; ; next += page) {
        const events = await slice(name, next)
        yield* events
        if (events.length < page) return
      }
    }
    async function* readAll(prefix: string, position: string | undefined): AsyncIterable<RecordedEvent> {
      const found = await answerAfter(timeline, life, wait(), () => all.slice(Number(position ?? 0)))
      yield* found.filter((event) => event.stream.startsWith(prefix))
    }
    async function* follow(prefix: string, position: string | undefined, signal: AbortSignal) {
      for (let after = Number(position ?? 0); !signal.aborted; ) {
        for await (const event of readAll(prefix, String(after))) {
          yield event
          after = Number(event.position)
        }
        await answerAfter(timeline, life, 100, () => undefined)
      }
    }

    return {
      /** What was sent is on its way, whatever becomes of the sender: it may be written after the sender's death. */
      append: (name, events, expected) => () =>
        new Promise((resolve) => {
          const answer = (outcome: Either<AppendError, Revision>): void =>
            timeline.after(wait(), () => {
              if (!life.isOver()) resolve(outcome)
            })
          if (dice.chance(weather().unavailable * 0.2))
            return answer(left({ tag: 'unavailable', reason: 'the store cannot be reached' }))
          const isLost = dice.chance(weather()['answer-lost'] * 0.2)
          timeline.after(wait(), () => {
            if (isLost && dice.chance(0.3)) return answer(left({ tag: 'unknown', reason: 'the request was lost' }))
            const outcome = write(name, events, expected)
            answer(isLost ? left({ tag: 'unknown', reason: 'the answer was lost' }) : outcome)
          })
        }),
      read,
      last: (name) => answerAfter(timeline, life, wait(), () => stream(name).at(-1)),
      readAll,
      follow,
      close: async () => undefined,
    }
  }
  return { connect, stream }
}
