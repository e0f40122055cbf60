import type { Bus, Delivery, Message } from '@novation/platform'
import { left, right } from 'fp-ts/Either'
import type { Dice } from './dice'
import { type Group, openGroup } from './group'
import type { Life } from './life'
import { openRefusals } from './refusals'
import type { Timeline } from './timeline'
import type { Weather } from './weather'

/** Hears of what became durable on the bus. */
export interface BusWatch {
  readonly published: (topic: string, records: readonly Delivery[]) => void
  /** A record was refused for good; its sender is told while this life lasts. */
  readonly refused: (topic: string, message: Message, by: Life) => void
  readonly committed: (topic: string, partition: number, group: string, from: number, to: number) => void
}

/** The one bus of a world: each topic has a partition for each key, since a pool is one key. */
export interface BusRoom {
  readonly connect: (life: Life, dice: Dice, weather: () => Weather) => Bus
  /** By partition. */
  readonly records: (topic: string) => readonly (readonly Delivery[])[]
  readonly committed: (group: string) => readonly number[]
  /** The group's partitions change hands, or are handed back: what was not committed comes again. */
  readonly rebalance: (group: string, dice: Dice) => void
}

/** A key that is none of `keys` shares the partition of the first. */
export const openBusRoom = (timeline: Timeline, keys: readonly string[], watch: BusWatch, dice: Dice): BusRoom => {
  const refusal = openRefusals(timeline, dice.for('refusals'))
  const topics = new Map<string, Delivery[][]>()
  const groups = new Map<string, Group>()
  const partitionOf = (key: string): number => Math.max(0, keys.indexOf(key))
  const recordsOf = (topic: string): Delivery[][] => {
    const records = topics.get(topic) ?? keys.map(() => [])
    topics.set(topic, records)
    return records
  }

  const write = (topic: string, messages: readonly Message[]): void => {
    const records = recordsOf(topic)
    const added = messages.map(({ key, value, headers }): Delivery => {
      const partition = partitionOf(key)
      const record = {
        topic,
        partition,
        offset: String(records[partition]?.length ?? 0),
        timestamp_ms: Math.floor(timeline.now()),
        key,
        value: Buffer.from(value),
        headers: { ...headers },
      }
      records[partition]?.push(record)
      return record
    })
    watch.published(topic, added)
    for (const group of groups.values()) if (group.topic === topic) group.stir()
  }

  const groupOf = (topic: string, name: string): Group => {
    const group = groups.get(name) ?? openGroup(timeline, topic, name, recordsOf(topic), watch.committed)
    if (group.topic !== topic) throw new Error(`group ${name} reads ${group.topic}; a group reads one topic`)
    groups.set(name, group)
    return group
  }

  const connect = (life: Life, dice: Dice, weather: () => Weather): Bus => ({
    publish: (topic, messages) => () =>
      new Promise((resolve) => {
        const wait = (): number =>
          dice.whole(1, 5) + (dice.chance(weather()['slow-bus'] * 0.2) ? dice.whole(20, 2_000) : 0)
        const answer = (outcome: Parameters<typeof resolve>[0]): void =>
          timeline.after(wait(), () => {
            if (!life.isOver()) resolve(outcome)
          })
        if (dice.chance(weather()['publish-unavailable'] * 0.2))
          return answer(left({ tag: 'unavailable', reason: 'the broker cannot be reached' }))
        const refused = life.name === 'outside' ? undefined : refusal(topic, messages, weather())
        if (refused !== undefined) {
          // What stood before it in the batch may be there.
          const before = dice.chance(0.5) ? dice.whole(0, refused) : 0
          timeline.after(wait(), () => {
            write(topic, messages.slice(0, before))
            const [message] = messages.slice(refused)
            if (messages.length === 1 && message !== undefined) watch.refused(topic, message, life)
            answer(left({ tag: 'refused', reason: 'the broker does not take this record' }))
          })
          return
        }
        const isLost = dice.chance(weather()['publish-lost'] * 0.2)
        // Of a batch whose outcome is unknown, any part may be there.
        const arriving = isLost ? dice.whole(0, messages.length) : messages.length
        timeline.after(wait(), () => {
          write(topic, messages.slice(0, arriving))
          if (dice.chance(weather().duplicate * 0.2)) write(topic, messages.slice(0, dice.whole(0, messages.length)))
          answer(isLost ? left({ tag: 'unknown', reason: 'the acknowledgement was lost' }) : right(undefined))
        })
      }),
    subscribe: ({ topic, group }, handler, signal) => groupOf(topic, group).join(life, dice, weather, handler, signal),
    close: async () => undefined,
  })

  return {
    connect,
    records: recordsOf,
    committed: (name) => groups.get(name)?.committed() ?? [],
    rebalance: (name, dice) => groups.get(name)?.rebalance(dice),
  }
}
