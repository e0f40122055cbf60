import { isNonEmpty } from 'fp-ts/Array'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { Bus, Message } from '../bus/bus'
import { backoff_ms, type Scheduler } from '../time/scheduler'

/** What was refused for good, and why: it is not on the bus and never will be. */
export interface Unpublished {
  readonly message: Message
  readonly reason: string
}

/** How a publication ended. Only what was sent counts as done: what was stopped comes again, what was refused goes elsewhere. */
export type Published =
  | { readonly tag: 'sent' }
  /** Told to stop before all of it was acknowledged; any part may be on the bus. */
  | { readonly tag: 'stopped' }
  /** These never will be there. */
  | { readonly tag: 'refused'; readonly refused: NonEmptyArray<Unpublished> }

type Publish = (
  bus: Bus,
  scheduler: Scheduler,
  topic: string,
  messages: NonEmptyArray<Message>,
  signal: AbortSignal,
) => Promise<Published>

const publishing = (afterRefusal: 'goes on' | 'ends'): Publish => {
  /** Each by itself: of a batch that is refused, the bus may take all but one. */
  const publishSingly: Publish = async (bus, scheduler, topic, messages, signal) => {
    const refused: Unpublished[] = []
    for (const message of messages) {
      const published = await publish(bus, scheduler, topic, [message], signal)
      switch (published.tag) {
        case 'sent':
          break
        case 'stopped':
          return published
        case 'refused':
          if (afterRefusal === 'ends') return published
          refused.push(...published.refused)
      }
    }
    return isNonEmpty(refused) ? { tag: 'refused', refused } : { tag: 'sent' }
  }

  const publish: Publish = async (bus, scheduler, topic, messages, signal) => {
    for (let tries = 0; !signal.aborted; tries += 1) {
      const published = await bus.publish(topic, messages)()
      if (published._tag === 'Right') return { tag: 'sent' }
      if (published.left.tag === 'refused') {
        const [message] = messages
        return messages.length > 1
          ? publishSingly(bus, scheduler, topic, messages, signal)
          : { tag: 'refused', refused: [{ message, reason: published.left.reason }] }
      }
      await scheduler.sleep(backoff_ms(tries), signal)
    }
    return { tag: 'stopped' }
  }
  return publish
}

/**
 * Publishes until it is acknowledged, however long that takes, or until `signal`; what was sent twice is recognised by
 * who reads it. Of a batch that the bus refuses for good, each message is tried alone, so that the others get through.
 */
export const publishSurely: Publish = publishing('goes on')

/** The same for what must stay in order without gaps: the first that is refused ends it, and nothing after it is sent. */
export const publishInOrder: Publish = publishing('ends')
