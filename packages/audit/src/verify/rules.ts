import { type Book, type Decided, type Processed, process, processBulk } from '@novation/clearing'
import type { Command, Millis } from '@novation/events'

/** How a command is decided, and how a bulk goes on. */
export interface Rules {
  readonly process: (book: Book, command: Command, clock: Millis) => Processed
  readonly processBulk: (book: Book) => Decided | undefined
}

/** The edition of the rules that this program holds (protocol 21). */
export const ownRules: Rules = { process, processBulk }
