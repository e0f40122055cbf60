import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { Bus, Message } from '../bus/bus'
import { backoff_ms, type Scheduler } from '../time/scheduler'

/** What was refused for good, and why: it is not on the bus and never will be. */
export interface Unpublished {
  readonly message: Message
  readonly reason: string
}

/**
 * Publishes until it is acknowledged, however long that takes; what was sent twice is recognised by who reads it.
 * Answers the messages the bus refuses for good, one by one, so that their neighbours get through.
 */
export const publishSurely = async (
  bus: Bus,
  scheduler: Scheduler,
  topic: string,
  messages: NonEmptyArray<Message>,
  signal: AbortSignal,
): Promise<readonly Unpublished[]> => {
  for (let tries = 0; !signal.aborted; tries += 1) {
    const published = await bus.publish(topic, messages)()
    if (published._tag === 'Right') return []
    if (published.left.tag === 'refused') {
      const [message] = messages
      if (messages.length === 1) return [{ message, reason: published.left.reason }]
      const refused: Unpublished[] = []
      for (const single of messages) refused.push(...(await publishSurely(bus, scheduler, topic, [single], signal)))
      return refused
    }
    await scheduler.sleep(backoff_ms(tries), signal)
  }
  return []
}
