import type { LiquidationChange, LiquidationTerms, PoolParameters } from '@novation/events'
import type { Tier, TieredTerms } from '@novation/risk'
import type {
  Account,
  Asset,
  Bulk,
  BulkEntry,
  Close,
  Default,
  Instrument,
  Liquidation,
  Losses,
  MarginCall,
  Outcome,
  Pool,
  Position,
  Price,
} from '../state/pool'
import { type Form, list, money, names, plain, record, table } from './forms'

type Scaling = Exclude<TieredTerms['openInterestScaling'], undefined>

const price = record<Price>({ value: money, observedAt: plain() })

const asset = record<Asset>({ id: plain(), decimals: plain(), haircut: money, settlement: plain(), price })

const margin = record<TieredTerms>({
  tiers: list(record<Tier>({ upTo: money, initial: money, maintenance: money })),
  openInterestScaling: record<Scaling>({ lower: money, upper: money }),
})

const instrument = record<Instrument>({
  id: plain(),
  kind: plain(),
  multiplier: money,
  lot: money,
  margin,
  liquidation: plain<LiquidationChange>(),
  expiry: plain(),
  expired: plain(),
  settled: plain(),
  price,
  fundingIndex: money,
  openInterest: money,
})

const liquidation = record<Liquidation>({
  id: plain(),
  stage: plain(),
  auctionFrom: plain(),
  ends: plain(),
  solvent: plain(),
  kept: money,
  terms: plain<LiquidationTerms>(),
})

const inDefault = record<Default>({
  margins: list(money),
  drawn: record<Default['drawn']>({ fund: money, skinInTheGame: money }),
})

const account = record<Account>({
  id: plain(),
  margin: plain(),
  balances: table(money),
  principal: table(money),
  positions: table(record<Position>({ quantity: money, cash: money, fundingIndex: money })),
  call: record<MarginCall>({ amount: money, deadline: plain(), missed: plain() }),
  liquidation,
  inDefault,
  liquidations: plain(),
  owing: plain(),
})

const close = record<Close>({ instrument: plain(), quantity: money, asked: money })

const bulk = record<Bulk>({
  id: plain(),
  what: plain(),
  liquidation: plain(),
  instrument: plain(),
  price: money,
  totals: record<Exclude<Bulk['totals'], undefined>>({ loss: money, profits: money, uncovered: money }),
  entries: plain(),
  remaining: list(record<BulkEntry>({ account: plain(), amount: money, from: plain(), close })),
  command: plain(),
})

/** What the state hash is taken over: everything but what the chain itself proves (outcomes, trades), what the program is, and what is derived. */
export type State = Omit<Pool, 'outcomes' | 'trades' | 'parts' | 'standing'>

export const stateForm: Form<State> = record<State>({
  name: plain(),
  revision: plain(),
  groupEnd: plain(),
  at: plain(),
  head: plain(),
  parameters: plain<PoolParameters>(),
  settlementAsset: plain(),
  assets: table(asset),
  instruments: table(instrument),
  accounts: table(account),
  books: table(table(money)),
  liquidations: table(plain<string>()),
  calls: names,
  losses: record<Losses>({ insurance: money, skinInTheGame: money, deleveraged: money, socialized: money }),
  frozen: plain(),
  bulk,
})

/** The indexes over the chain, which a snapshot carries beside the state. */
export type Indexes = Pick<Pool, 'outcomes' | 'trades'>

export const indexForm: Form<Indexes> = record<Indexes>({ outcomes: table(plain<Outcome>()), trades: names })
