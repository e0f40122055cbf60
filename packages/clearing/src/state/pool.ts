import type { Decimal } from '@novation/decimal'
import type { Millis, PoolParameters } from '@novation/events'
import type { Axis } from './axis'
import type { PartSizes } from './bulk-size'
import type { Collateral } from './collateral'
import type { DueTimes } from './due-times'
import type { Changes, Duty, JudgedLog } from './follow-up'
import type { House } from './house'
import type { Owned, Signed } from './identity'
import type { KeptHealths } from './kept-healths'
import type { Lacked, Lacking } from './lacked'
import type { Listed } from './listed'
import type { MarketStands } from './market-stand'
import type { Membership } from './membership'
import type { Oracle } from './oracle'
import type { AssetStand, PriceStand } from './price-stand'
import type { RankedOf, RankingOf } from './ranked'
import type { Risk } from './risk'
import type { Remembered, Table } from './table'
import type { Together } from './together'
import type {
  Bulk,
  CycleGains,
  Default,
  Former,
  Highs,
  Liquidation,
  Losses,
  Outcome,
  Priced,
  Purse,
  RecentTrade,
  Taken,
  Timed,
  Unvalued,
} from './values'

export type { House } from './house'

export interface Asset extends Priced {
  readonly kind: 'asset'
  readonly id: string
  readonly decimals: number
  readonly haircut: Decimal
  /** What was required for it, its cut, each time that was raised lately. */
  readonly former: readonly Former<Decimal>[]
  readonly settlement: boolean
  /** The most that the pool takes of it. */
  readonly cap: Decimal | undefined
  /** The share of the layers that bears what is lost on it, where it is not the pool's. */
  readonly coinShare: Decimal | undefined
  readonly highs: Highs | undefined
  /** Who holds any of it; of the settlement asset nobody is listed. */
  readonly holders: ReadonlySet<Account>
  /** Who has paid in of it what counts for nothing until its next price. */
  readonly awaiting: ReadonlySet<Account>
  readonly stand: AssetStand<Account>
}

export interface Instrument extends Listed {
  readonly holders: ReadonlySet<Account>
  /** What positions have paid in funding and nobody has received yet. */
  readonly funding: House
  readonly stand: InstrumentStand
}

/** Signed quantity; and minus what it cost, exactly. Of a closed position the record stays, and is no entry of the account. */
export interface Position {
  readonly kind: 'position'
  /** As the books have it: `trader/alice/BTC-PERP`. */
  readonly name: string
  readonly account: Account
  readonly instrument: Instrument
  readonly quantity: Decimal
  readonly cash: Decimal
  /** The instrument's index when funding was last settled. */
  readonly fundingIndex: Decimal
  /** c of its initial margin: how crowded the instrument was when it grew, the mean by size. */
  readonly crowding: Decimal
}

/** All accounts that are one person's. */
export interface Owner {
  readonly kind: 'owner'
  readonly id: string
  readonly accounts: Membership<Account>
}

export interface Account extends Owned, Timed {
  readonly kind: 'account'
  readonly id: string
  /** As the books have it: `trader/alice`. */
  readonly name: string
  /** `portfolio`: one requirement over all that is held in what has a model. */
  readonly margin: 'cross' | 'isolated' | 'portfolio'
  /** Whose it is: an opaque name, the account's own where none was given. */
  readonly owner: Owner
  readonly balances: Table<Decimal>
  /** What was put in and not taken out, per asset: never touched by another's default. */
  readonly principal: Table<Decimal>
  /** Per asset: what came while it had no price, and counts for nothing yet; it leaves last. */
  readonly unvalued: Table<Unvalued>
  /** By instrument, and for all else together: what was made in the last cycles, oldest first. */
  readonly gains: Table<readonly CycleGains[]>
  readonly positions: Table<Position>
  /** What it has taken out, at last prices, since the pool froze at that time. */
  readonly taken: Taken | undefined
  readonly liquidation: Liquidation | undefined
  readonly inDefault: Default | undefined
  /** How many liquidations it has had. */
  readonly liquidations: number
  /** Since when it owes the house with no position left, and whether the window to wait for others is over. */
  readonly owing: { readonly since: Millis; readonly windowOver: boolean } | undefined
  readonly stand: AccountStand
}

/** Whatever holds value: a posting changes a balance of one of these. */
export type Holder = Account | Position | House

/** Follows from worth alone: at the worst for `healthy`, at the best for the others. */
export type Status = 'healthy' | 'restricted' | 'liquidatable' | 'bankrupt'

/** One position at the present mark; amounts in the settlement asset. */
export interface Valued {
  readonly instrument: Instrument
  readonly quantity: Decimal
  readonly cash: Decimal
  readonly mark: Decimal
  /** quantity x mark x multiplier, signed. */
  readonly value: Decimal
  readonly notional: Decimal
  /** positionCash + value, exact. */
  readonly unrealised: Decimal
  /** Funding due, rounded down. */
  readonly accrued: Decimal
  /** What it adds to the account's worth: at the worst that the market may have done unseen, and at the best. */
  readonly worst: Decimal
  readonly best: Decimal
  /** The same at the mark where it can be dealt in, else at the best: what dealing in it leaves as it is. */
  readonly marked: Decimal
  /** Whether it can be dealt in now: its price is fresh, no other is held, and its market open. */
  readonly live: boolean
  readonly initial: Decimal
  readonly maintenance: Decimal
  readonly crowding: Decimal
}

/** How an account stands. A value: it says what was when it was worked out, whatever happens to the account since. */
export interface Health {
  readonly status: Status
  /** At market, at the last prices, however old they are. */
  readonly equity: Decimal
  /** W-: at market, where every price that is not fresh has moved against the account unseen. */
  readonly worst: Decimal
  /** W+: where it has moved in its favour. */
  readonly best: Decimal
  /** Where what can be dealt in stands at its mark, and the rest at the best: what is paid out of, and sized by, when it is dealt in. */
  readonly marked: Decimal
  /** I = IM + H-: what new risk needs at the worst. */
  readonly initial: Decimal
  /** IM + H+: below it at the best, margin is called. */
  readonly callLine: Decimal
  /** R = MM + H+: below it at the best, the account is liquidated. */
  readonly maintenance: Decimal
  /** Its cash and coins; `cutBest` (H+) is a part of R. */
  readonly collateral: Collateral
  readonly positions: readonly Valued[]
  /** Of an account whose positions stand under one requirement: what that is made of. */
  readonly portfolio: Together | undefined
}

/** How one account stands, and what has been worked out for it. Only the book and its judge write here. */
export interface AccountStand {
  /** When anything of the account last changed, by the book's own count. */
  changed: number
  /** Whether it waits to be judged. */
  touched: boolean
  /** Of whoever was worked out lately. */
  health: Health | undefined
  /** The count at which `health` was worked out. */
  workedOut: number
  /** Of `duties`, by bit. */
  mask: number
  /** When its auction is over if prices last until then. */
  overAt: Millis | undefined
  /** Before when it is not over, whatever prices come. */
  notOverBefore: Millis | undefined
  /** Of a bankrupt account. */
  lacked: Lacked | undefined
  /** What it follows, and its place on each. */
  axes: readonly Axis<Account>[]
  places: readonly number[]
}

/** What follows one instrument beside its price. */
export interface InstrumentStand extends PriceStand<Account> {
  funding: Axis<Account> | undefined
  /** Its price as a share of its underlying: where portfolios hold it beside what else follows that. */
  basis: Axis<Account> | undefined
  /** Who holds it long, and short, in the order in which they are closed out against a defaulter. */
  longs: Ranking | undefined
  shorts: Ranking | undefined
}

export type Ranked = RankedOf<Account, Health, Valued>
export type Ranking = RankingOf<Account, Ranked>

/**
 * Who stands where at the present marks, kept up by `judge`. Derived from the rest of the pool: it may be thrown
 * away and made again at any time, so it is no part of the state hash. Each name is an account.
 */
export interface Standing {
  readonly duties: Readonly<Record<Duty, ReadonlySet<string>>>
  /** Every account with equity below zero. */
  readonly bankrupt: ReadonlySet<string>
  /** Whose auction has come to something else than is noted of it (`hasTurned`). */
  readonly turned: ReadonlySet<string>
  readonly lacking: Lacking
  readonly changes: Changes<Account>
  /** Accounts that were judged, in that order: whose duties may be others than before. */
  readonly judged: JudgedLog
  readonly due: DueTimes<Account, Instrument>
  readonly healths: KeptHealths<Health>
  /** By underlying, what follows it beside its price. */
  readonly markets: MarketStands<Account>
}

/**
 * One risk-isolated segment: everything the ledger knows at one revision, to be read. What is handed out is the book
 * itself, so a pool is good until the next `await`; who needs it longer takes values.
 */
export interface Pool extends Signed {
  readonly name: string
  /** Of the last event; -1 before the first. */
  readonly revision: number
  /** The revision of the last event of the command (or part of a bulk) whose events are being read. */
  readonly groupEnd: number
  /** Commands of an earlier time of their own are not decided any more. */
  readonly door: Millis
  /** Ledger time: what "now" is to a decision (protocol 2). */
  readonly at: Millis
  readonly head: string
  readonly parameters: PoolParameters
  readonly settlementAsset: string | undefined
  readonly assets: Table<Asset>
  readonly instruments: Table<Instrument>
  readonly accounts: Table<Account>
  /** Derived from the accounts. */
  readonly owners: Table<Owner>
  /** The house's own accounts, by name. */
  readonly books: Table<House>
  readonly clearing: House
  readonly custody: House
  readonly insurance: House
  readonly skinInTheGame: House
  readonly dust: House
  /** Open liquidations and the accounts they wind down. */
  readonly liquidations: Table<string>
  /** Accounts with an open margin call, missed or not. */
  readonly calls: ReadonlySet<string>
  readonly losses: Losses
  /** What the layers have paid for each owner, instrument and coin in its window, by `purseOf`. */
  readonly purses: Table<Purse>
  /** Trades that may still be busted, by id, and when those that may not were last forgotten. */
  readonly recentTrades: Table<RecentTrade>
  readonly sweptAt: Millis
  readonly frozen: boolean
  /** When it last froze, and what all have taken out since. */
  readonly frozenAt: Millis
  readonly taken: Taken
  readonly bulk: Bulk | undefined
  /** Where prices come from, once an index is set. */
  readonly oracle: Oracle | undefined
  /** What options are marked and margined by, once a model is set. */
  readonly risk: Risk | undefined
  /** Indexes over the chain: no part of the state hash, since the chain itself proves them. */
  readonly outcomes: Remembered<Outcome>
  readonly trades: Remembered<true>
  /** How this ledger cuts a bulk: a property of the program, and no part of the state hash. */
  readonly parts: PartSizes
  /** Derived: who stands where at the present marks (see `judge`). */
  readonly standing: Standing
}
