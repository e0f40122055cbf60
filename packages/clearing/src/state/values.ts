import { type Decimal, zero } from '@novation/decimal'
import type { Command, LiquidationTerms, Millis } from '@novation/events'
import type { Class, Gains } from '@novation/risk'
import type { Work } from './bulk-size'
import type { Table } from './table'

// What stands in the fields of records: values, replaced as a whole and never changed.
/** A price, and when it was observed: its age counts from there (protocol 3). */
export interface Price {
  readonly value: Decimal
  readonly observedAt: Millis
  /** How many steps of its wear have been said. */
  readonly said: number
  /** When it came, and how long what it prices could be dealt in by then. */
  readonly cameAt: Millis
  readonly live_ms: Millis
  /** Of an index: where its price was, as one that follows it slowly has it. */
  readonly slow?: Decimal | undefined
  /** Of an index: by how much it may be wrong. */
  readonly confidence?: Decimal | undefined
  /** Of an option: the price of what underlies it then. */
  readonly underlying?: Decimal | undefined
}

/** A price too far from the last one to be believed at once: what it is of may cost that too, and nobody deals in it meanwhile. */
export interface Held {
  readonly value: Decimal
  /** When the first of those that are like it was observed, and when it was itself. */
  readonly since: Millis
  readonly observedAt: Millis
}

/** What was required before it was raised: until then nobody is liquidated for more. */
export interface Former<T> {
  readonly was: T
  readonly until: Millis
}

/** What a side of a trade held of its instrument just before. */
export interface SideBefore {
  readonly account: string
  readonly held: Decimal
  readonly cash: Decimal
  readonly crowding: Decimal
}

/** A trade that may still be busted: what was dealt, and how both sides stood before, so that it can be taken back exactly. */
export interface RecentTrade {
  readonly instrument: string
  readonly quantity: Decimal
  readonly price: Decimal
  readonly buyer: SideBefore
  readonly seller: SideBefore
  /** At which revision it was cleared, and when. */
  readonly revision: number
  readonly at: Millis
  readonly until: Millis
  readonly busted: boolean
}

/** What has a price. */
export interface Priced {
  /** Whose ticks are its price, if it is not told one. */
  readonly index: string | undefined
  readonly price: Price | undefined
  readonly held: Held | undefined
}

/** Collateral that came while its asset had no price: it counts for nothing until one is observed since. */
export interface Unvalued {
  readonly amount: Decimal
  readonly since: Millis
}

/** What an account has made somewhere in one cycle, and the first moment of that. */
export interface CycleGains extends Gains {
  readonly from: Millis
}

/** Taken out of a frozen pool. */
export interface Taken {
  readonly since: Millis
  readonly worth: Decimal
}

/** Time that somebody has, of which only that counts in which he could act: what was left of it then, and whether it runs since. */
export interface Countdown {
  readonly left_ms: Millis
  readonly since: Millis
  readonly runs: boolean
}

export interface MarginCall {
  readonly amount: Decimal
  readonly countdown: Countdown
  readonly missed: false | 'record' | 'reduce'
}

/** Cash that is owed while there are coins: how long it may take to come in, and whether that is over. */
export interface Debit {
  readonly amount: Decimal
  readonly countdown: Countdown
  readonly due: boolean
}

/** What ended: when, and what was left of its time, or had gone by. Where it begins anew soon, it goes on from there. */
export interface Paused {
  readonly at: Millis
  readonly ms: Millis
}

/** What of an account has time of its own. */
export interface Timed {
  readonly call: MarginCall | undefined
  readonly debit: Debit | undefined
  /** What of a margin call, of a debit and of its auction ended lately. */
  readonly paused: Table<Paused>
}

/** How long one item of an auction could be dealt in: its clock is the difference to what it had come to before. */
export interface ItemClock {
  readonly id: string
  /** How long it could be dealt in before it was put up. */
  readonly from: Millis
  /** What of its clock ran while the account was below zero, as far as noted, and what it had come to then. */
  readonly below_ms: Millis
  readonly notedAt: Millis
}

export interface Liquidation {
  readonly id: string
  readonly startedAt: Millis
  readonly clocks: readonly ItemClock[]
  /** Whether the account was worth nothing less than zero when that was last noted. */
  readonly solvent: boolean
  /** Whether it was said that the auction is over: whoever is in breach then is the backstop's, and after it deleveraged. */
  readonly over: boolean
  /** Whether the backstop has had its turn. */
  readonly backstopped: boolean
  /** k: the share of its worth that earlier fills left the account. */
  readonly kept: Decimal
  /** What is left of the keeper's tip. */
  readonly tip: Decimal
  readonly terms: LiquidationTerms
  /** Why it was opened, where that was no breach. */
  readonly cause?: 'call' | 'debit' | undefined
}

/** A coin of an account whose default begins. */
export interface CoinAtStart {
  readonly amount: Decimal
  /** Its top price in the cycle and the one before. */
  readonly high: Decimal
}

/** What is paid under the cap of an owner, an instrument or a coin, and how high that is in this window. */
export interface Drawing {
  readonly what: 'owner' | 'instrument' | 'coin'
  readonly id: string
  readonly amount: Decimal
  readonly cap: Decimal
}

/** What the layers bear at most for one owner, instrument or coin in a window, and what of that they have paid. */
export interface Purse {
  /** When the first was drawn. */
  readonly since: Millis
  readonly cap: Decimal
  readonly drawn: Decimal
}

/** The top prices of an asset that has had one: in a cycle, and in the one before; and its first moment. */
export interface Highs {
  readonly from: Millis
  readonly here: Decimal
  readonly before: Decimal
}

/** One default, from the start of the liquidation until the account is restored or nothing is owed any more. */
export interface Default {
  /** r_n: by instrument, the most that it required when a liquidation of this default started: where the loss was made. */
  readonly required: Table<Decimal>
  /** For each coin, the most that there was of it then, and its top price. */
  readonly coins: Table<CoinAtStart>
  /** What each prefunded layer has paid for it. */
  readonly drawn: { readonly fund: Decimal; readonly skinInTheGame: Decimal }
  /** All that could be sold was offered to the end, and nobody took it. */
  readonly offered?: Offered | undefined
}

/** What was offered in vain waits for the waterfall; once that was asked, it goes on sale anew. */
export interface Offered {
  /** When that auction began: one that takes no time is not held twice at one moment. */
  readonly since: Millis
  readonly asked: boolean
}

export const noDefault: Default = { required: new Map(), coins: new Map(), drawn: { fund: zero, skinInTheGame: zero } }

/** How a command ended: its key is bound to this for ever (protocol 5, 6). */
export interface Outcome {
  /** The first half of the SHA-256 of what was asked. */
  readonly contentHash: string
  /** Of its first event. */
  readonly revision: number
  /** When its sender says it was sent; of what was read from an earlier form, not known. */
  readonly sentAt?: Millis
  readonly rejection?: string
}

/** What is closed at the mark against the other side of a position: of which class, and in which place among those of it. */
export interface Close {
  readonly instrument: string
  readonly quantity: Decimal
  readonly class: Class
  /** From one. */
  readonly rank: number
}

/** So much of a coin, and what one of it costs. */
export interface Bought {
  readonly asset: string
  readonly quantity: Decimal
  readonly price: Decimal
}

/** One account's part of a bulk: whose money it is, and how much. */
export interface BulkEntry {
  readonly account: string
  readonly amount: Decimal
  /** Of a loss: from which layer the account is paid; `haircut`: what is taken from its profit or given to its debt; `owner`: what it pays; `coins`: what the fund pays it for a coin. */
  readonly from?: 'owner' | 'fund' | 'skin-in-the-game' | 'haircut' | 'coins'
  /** Of what an owner pays out of another account: for which. */
  readonly to?: string
  /** Of what a layer pays: what of it counts under which cap. */
  readonly under?: readonly Drawing[]
  /** Of a coin that the fund buys for `amount`: how much of which, and its price. */
  readonly bought?: Bought
  /** Of a haircut: in which instrument the profit was made; of all profit where it is left out. */
  readonly instrument?: string
  /** Of a deleveraging: what the account closes; `amount` is what it receives of what the defaulter was worth. */
  readonly close?: Close
  /** Of an expiry, or of variation: how many positions of the account it is about. */
  readonly positions?: number
}

/** Work on more accounts than one append holds; nothing else is decided until it has ended (protocol 12). */
export interface Bulk {
  readonly id: string
  readonly what: Work
  readonly liquidation?: string
  readonly instrument?: string
  /** Of an expiry: which. */
  readonly underlying?: string
  readonly expiry?: string
  /** Of variation: of which instruments. */
  readonly instruments?: readonly string[]
  readonly price?: Decimal
  /** Of a loss: what the whole comes to, said again with each part. */
  readonly totals?: { readonly loss: Decimal; readonly profits: Decimal; readonly uncovered: Decimal }
  readonly entries: number
  readonly remaining: readonly BulkEntry[]
  /** On whose behalf it goes on. */
  readonly command: Pick<Command, 'id' | 'actor' | 'correlationId' | 'causationId'>
}

export interface Losses {
  readonly insurance: Decimal
  readonly skinInTheGame: Decimal
  readonly socialized: Decimal
}
