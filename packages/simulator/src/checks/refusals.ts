import { topics } from '@novation/events'
import type { Delivery, Message } from '@novation/platform'
import type { Life } from '../engine/life'

/** What the bus refused for good and nobody has been told of: neither set aside, nor sent after all, by a sender who lives on. */
export interface Refusals {
  readonly refused: (topic: string, message: Message, by: Life) => void
  readonly published: (record: Delivery) => void
  readonly untold: () => string | undefined
}

const textOf = ({ value }: Pick<Message, 'value'>): string => value.toString()

/** An ask that is refused must stand with the dead letters; whoever cannot set something aside must not live on. */
export const watchRefusals = (): Refusals => {
  const open = new Map<string, Life>()
  return {
    refused: (_, message, by) => void open.set(textOf(message), by),
    published: ({ topic, value }) => {
      if (topic === topics.deadLetters || topic === topics.commands || topic === topics.events)
        open.delete(textOf({ value }))
    },
    untold: () => [...open].find(([, life]) => !life.isOver())?.[0],
  }
}
