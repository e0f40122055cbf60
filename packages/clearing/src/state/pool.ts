import { type Decimal, zero } from '@novation/decimal'
import {
  type Command,
  genesis,
  type LiquidationChange,
  type LiquidationTerms,
  type Millis,
  type PoolParameters,
} from '@novation/events'
import type { TieredTerms } from '@novation/risk'
import { Set as Names, Map as Table } from 'immutable'
import { type PartSizes, partSizes, type Work } from './bulk-size'
import { defaultParameters } from './parameters'
import { noStanding, type Standing } from './standing'

/** A price, and when it was observed: its age counts from there (protocol 3). */
export interface Price {
  readonly value: Decimal
  readonly observedAt: Millis
}

export interface Asset {
  readonly id: string
  readonly decimals: number
  readonly haircut: Decimal
  readonly settlement: boolean
  readonly price?: Price
}

export interface Instrument {
  readonly id: string
  readonly kind: 'perpetual' | 'future'
  readonly multiplier: Decimal
  readonly lot: Decimal
  readonly margin: TieredTerms
  readonly liquidation?: LiquidationChange
  readonly expiry?: Millis
  /** Expiry has passed: trading is halted until it is settled. */
  readonly expired: boolean
  readonly settled: boolean
  readonly price?: Price
  /** What one contract held since the beginning has paid in funding (risk 6). */
  readonly fundingIndex: Decimal
  /** The long quantity; the short one is the same. */
  readonly openInterest: Decimal
}

/** Signed quantity, and the cash side: minus what it cost, carried exactly. */
export interface Position {
  readonly quantity: Decimal
  readonly cash: Decimal
  /** The instrument's index when funding was last settled. */
  readonly fundingIndex: Decimal
}

export interface MarginCall {
  readonly amount: Decimal
  readonly deadline: Millis
  readonly missed: boolean
}

/** `auction`: open to bids; `backstop`: over, the backstop's turn; `deleverage`: nobody took the rest. */
export type Stage = 'auction' | 'backstop' | 'deleverage'

export interface Liquidation {
  readonly id: string
  readonly stage: Stage
  /** When the auction in force began: a change of sign of equity begins it anew. */
  readonly auctionFrom: Millis
  readonly ends: Millis
  readonly solvent: boolean
  /** R: value kept for the account by earlier fills of this auction. */
  readonly kept: Decimal
  readonly terms: LiquidationTerms
}

/** One default, from the start of the liquidation until nothing is owed any more: what each prefunded layer has paid for it. */
export interface Default {
  /** Maintenance margin by instrument at the start: how the loss is split under `insuranceCap`. */
  readonly margins: readonly Decimal[]
  readonly drawn: { readonly fund: Decimal; readonly skinInTheGame: Decimal }
}

export const noDefault: Default = { margins: [], drawn: { fund: zero, skinInTheGame: zero } }

export interface Account {
  readonly id: string
  readonly margin: 'cross' | 'isolated'
  readonly balances: Table<string, Decimal>
  /** What was put in and not taken out, per asset: never touched by another's default. */
  readonly principal: Table<string, Decimal>
  readonly positions: Table<string, Position>
  readonly call?: MarginCall
  readonly liquidation?: Liquidation
  readonly inDefault?: Default
  /** How many liquidations it has had. */
  readonly liquidations: number
  /** Since when it owes the house with no position left, and whether the window to wait for others is over. */
  readonly owing?: { readonly since: Millis; readonly windowOver: boolean }
}

/** How a command ended: its key is bound to this for ever (protocol 5, 6). */
export interface Outcome {
  readonly contentHash: string
  readonly revision: number
  readonly at: Millis
  readonly rejection?: string
}

/** What is closed at the mark against the other side of a position, and its part of what is missing; negative where equity is left. */
export interface Close {
  readonly instrument: string
  readonly quantity: Decimal
  readonly asked: Decimal
}

/** One account's part of a bulk: whose money it is, and how much. */
export interface BulkEntry {
  readonly account: string
  readonly amount: Decimal
  /** Of a loss: from which layer the account is paid, or `haircut`: what is taken from its profit or given to its debt. */
  readonly from?: 'fund' | 'skin-in-the-game' | 'haircut'
  /** Of a deleveraging: what the account closes; `amount` is what it gives of what it is asked. */
  readonly close?: Close
}

/** Work on more accounts than one append holds; nothing else is decided until it has ended (protocol 12). */
export interface Bulk {
  readonly id: string
  readonly what: Work
  readonly liquidation?: string
  readonly instrument?: string
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
  readonly deleveraged: Decimal
  readonly socialized: Decimal
}

/** One risk-isolated segment: everything the ledger knows at one revision. A value: it is replaced, never changed. */
export interface Pool {
  readonly name: string
  /** Of the last event; -1 before the first. */
  readonly revision: number
  /** The revision of the last event of the command (or part of a bulk) whose events are being read. */
  readonly groupEnd: number
  /** Ledger time: what "now" is to a decision (protocol 2). */
  readonly at: Millis
  readonly head: string
  readonly parameters: PoolParameters
  readonly settlementAsset?: string
  readonly assets: Table<string, Asset>
  readonly instruments: Table<string, Instrument>
  readonly accounts: Table<string, Account>
  /** Balances of the house's own accounts. */
  readonly books: Table<string, Table<string, Decimal>>
  /** Open liquidations and the accounts they wind down. */
  readonly liquidations: Table<string, string>
  /** Accounts with an open margin call, missed or not. */
  readonly calls: Names<string>
  readonly losses: Losses
  readonly frozen: boolean
  readonly bulk?: Bulk
  /** Indexes over the chain: no part of the state hash, since the chain itself proves them. */
  readonly outcomes: Table<string, Outcome>
  readonly trades: Names<string>
  /** How this ledger cuts a bulk: a property of the program, and no part of the state hash. */
  readonly parts: PartSizes
  /** Derived: who stands where at the present marks (see `judge`). */
  readonly standing: Standing
}

/** A pool before its first event. Ledger time begins at 1970. */
export const emptyPool = (name: string, parts: PartSizes = partSizes): Pool => ({
  name,
  parts,
  revision: -1,
  groupEnd: -1,
  at: 0,
  head: genesis,
  parameters: defaultParameters,
  assets: Table(),
  instruments: Table(),
  accounts: Table(),
  books: Table(),
  liquidations: Table(),
  calls: Names(),
  losses: { insurance: zero, skinInTheGame: zero, deleveraged: zero, socialized: zero },
  frozen: false,
  outcomes: Table(),
  trades: Names(),
  standing: noStanding,
})

/** The balance of one of the house's own accounts. */
export const houseBalance = (pool: Pool, account: string, asset: string): Decimal =>
  pool.books.get(account)?.get(asset) ?? zero

/** What a trader holds of an asset as collateral; a debt is negative. */
export const collateralOf = (account: Account, asset: string): Decimal => account.balances.get(asset) ?? zero
