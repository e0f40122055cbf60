import { left } from 'fp-ts/Either'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { Bus, Message, PublishError } from '../bus/bus'

/** What a publication comes to instead of what it would, or nothing where it goes well. */
type Fault = (topic: string, messages: NonEmptyArray<Message>) => PublishError['tag'] | undefined

/** Whoever tries so often in vain would try for ever. */
const patience = 1_000

/** A bus that fails where `fault` says so, and is as strict as ever elsewhere. What ends unknown is on the bus all the same. */
export const failingBus = (bus: Bus, fault: Fault): Bus => {
  let failures = 0
  return {
    ...bus,
    publish: (topic, messages) => async () => {
      const tag = fault(topic, messages)
      if (tag === undefined) return bus.publish(topic, messages)()
      failures += 1
      if (failures > patience) throw new Error(`the bus has failed ${patience} times, and nobody gives up`)
      const sent = tag === 'unknown' ? await bus.publish(topic, messages)() : undefined
      return sent?._tag === 'Left' ? sent : left({ tag, reason: `the test says: ${tag}` })
    },
  }
}
