import { topics } from '@novation/events'
import { type Message, publishSurely } from '@novation/platform'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import { beginLife, rightClock, schedulerOf } from '../engine/life'
import { quotedFor } from '../load/quoting'
import type { Sending } from '../load/sending'
import { signedFor } from '../load/signing'
import type { World } from './world'

/** The world outside sends: each record until it is acknowledged. Says whether all of them are. */
export const sendAll = (world: World, sendings: readonly Sending[]): (() => boolean) => {
  const life = beginLife('outside')
  const dice = world.dice.for('outside')
  const bus = world.bus.connect(life, dice, world.weather)
  const scheduler = schedulerOf(world.timeline, life, rightClock)
  let left = sendings.length
  const signing = world.dice.for('signing')
  const quoting = world.dice.for('quoting')
  for (const { at_ms, key, text } of sendings)
    world.timeline.after(at_ms, () => {
      const pool = world.ledgers.get(key)?.pool()
      const now = Math.floor(world.timeline.now())
      const value =
        pool === undefined ? text : signedFor(pool, signing, quotedFor(pool, quoting, world.carrier, text), now)
      const messages: NonEmptyArray<Message> = [{ key, value, headers: {} }]
      void publishSurely(bus, scheduler, topics.commands, messages, new AbortController().signal).then(({ tag }) => {
        if (tag === 'sent') left -= 1
      })
    })
  return () => left === 0
}
