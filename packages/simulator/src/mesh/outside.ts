import { parseCommand, topics } from '@novation/events'
import { type Message, publishSurely } from '@novation/platform'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import { beginLife, rightClock, schedulerOf } from '../engine/life'
import { quotedFor } from '../load/quoting'
import type { Sending } from '../load/sending'
import { shuffled } from '../load/shuffled'
import { signedFor } from '../load/signing'
import { hasOracles } from '../load/sources'
import type { World } from './world'

/** What sources say in a command that would carry it, as they put it on their own topic. */
const quotesIn = (text: string): readonly Message[] => {
  const read = parseCommand(text, 'oracle')
  if (read._tag === 'Left' || read.right.type !== 'PublishQuotes') return []
  return read.right.data.quotes.map((quote) => ({ key: quote.source, value: JSON.stringify(quote), headers: {} }))
}

/** The world outside sends: each record until it is acknowledged. Says whether all of them are. */
export const sendAll = (world: World, sendings: readonly Sending[]): (() => boolean) => {
  const life = beginLife('outside')
  const dice = world.dice.for('outside')
  const bus = world.bus.connect(life, dice, world.weather)
  const scheduler = schedulerOf(world.timeline, life, rightClock)
  let left = sendings.length
  const signing = world.dice.for('signing')
  const quoting = world.dice.for('quoting')
  const writing = world.dice.for('writing')
  /** As it is written at last: what was signed says the same in any order. */
  const written = (value: string): string => {
    if (!world.traits.has('shuffled')) return value
    const other = shuffled(writing, value)
    world.trace(`-- sent ${other.slice(0, 100)}`)
    return other
  }
  for (const { at_ms, key, text } of sendings)
    world.timeline.after(at_ms, () => {
      const pool = world.ledgers.get(key)?.pool()
      const now = Math.floor(world.timeline.now())
      const said = pool === undefined ? text : quotedFor(pool, quoting, world.carrier, text)
      const [first, ...more] = hasOracles(world.traits) ? quotesIn(said) : []
      const value = pool === undefined ? said : signedFor(pool, signing, said, now)
      const [topic, messages]: readonly [string, NonEmptyArray<Message>] =
        first === undefined
          ? [topics.commands, [{ key, value: written(value), headers: {} }]]
          : [topics.quotes, [first, ...more]]
      void publishSurely(bus, scheduler, topic, messages, new AbortController().signal).then(({ tag }) => {
        if (tag === 'sent') left -= 1
      })
    })
  return () => left === 0
}
