import { type Book, emptyPool, process } from '@novation/clearing'
import { type Command, encodeEvent } from '@novation/events'
import type { Whole } from '../durable'

/** What each of these commands makes, one after the other, and the book after them. */
export const madeOf = (commands: readonly Command[], book: Book = emptyPool('main')) => {
  const made = commands.map((command): Whole => {
    const outcome = process(book, command, 1_000)
    if (outcome.tag !== 'decided') throw new Error(outcome.tag)
    return { events: outcome.events, stored: outcome.events.map(encodeEvent) }
  })
  return { book, made }
}
