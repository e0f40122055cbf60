import { type Book, type Decided, decider, type Processed, process, processBulk } from '@novation/clearing'
import type { Command, Millis } from '@novation/events'

/** Rules under one number: how a command was decided, and how a bulk goes on (protocol 21). */
export interface Rules {
  readonly process: (book: Book, command: Command, clock: Millis) => Processed
  readonly processBulk: (book: Book) => Decided | undefined
}

/** Every set of rules this program can decide by. An old one stays while its ledgers are to be decided again. */
export const rulesByNumber: ReadonlyMap<number, Rules> = new Map([[decider, { process, processBulk }]])
