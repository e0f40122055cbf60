import type { Millis, UnsignedQuote } from '@novation/events'

/** What is quoted, and in what. */
export interface Market {
  readonly base: string
  readonly currency: string
}

/** What a venue says, before a source puts its name to it. */
export type Said = Omit<UnsignedQuote, 'source'>

/** Why something that looks like a price is none. */
export type NoPrice = 'malformed' | 'unknown-symbol' | 'crossed' | 'one-sided' | 'not-positive' | 'too-fine'

/** What a message comes to: a price, or why it is none. */
export type Heard = Said | { readonly ignored: NoPrice }

/** What an adapter is told beside the message. */
export interface Circumstances {
  /** When it came: the time of what has no time of its own. */
  readonly receivedAt: Millis
  /** What a venue's symbols stand for, where they do not say it themselves. */
  readonly symbols?: Readonly<Record<string, Market>>
}

/** Reads a message of a venue, as it came; nothing where it is about something else than prices. Never throws. */
export type Adapter = (message: string, circumstances: Circumstances) => readonly Heard[]
