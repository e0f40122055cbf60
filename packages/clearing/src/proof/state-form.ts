import type { Decimal } from '@novation/decimal'
import type { LiquidationChange, LiquidationTerms, Millis, PoolParameters } from '@novation/events'
import type { Tier, TieredTerms } from '@novation/risk'
import type { Binding, Filled, Identity } from '../state/identity'
import type { Listed, OptionTerms } from '../state/listed'
import type { Account, Asset, Owner, Pool, Position } from '../state/pool'
import type { Table } from '../state/table'
import type {
  Bought,
  Bulk,
  BulkEntry,
  Close,
  CoinAtStart,
  CycleGains,
  Debit,
  Default,
  Drawing,
  Former,
  Held,
  Highs,
  Liquidation,
  Losses,
  MarginCall,
  Paused,
  Price,
  Purse,
  RecentTrade,
  SideBefore,
  Taken,
  Unvalued,
} from '../state/values'
import { type Form, list, money, names, passing, plain, record, table } from './forms'
import { oracleForm } from './oracle-form'
import { type RiskState, riskForm } from './risk-form'

type Scaling = Exclude<TieredTerms['openInterestScaling'], undefined>

const price = record<Price>({
  value: money,
  observedAt: plain(),
  said: plain(),
  cameAt: plain(),
  live_ms: plain(),
  slow: money,
  confidence: money,
  underlying: money,
})

const held = record<Held>({ value: money, since: plain(), observedAt: plain() })

/** What of an asset is state; the rest follows from it. */
type AssetState = Pick<
  Asset,
  'id' | 'decimals' | 'haircut' | 'former' | 'settlement' | 'cap' | 'coinShare' | 'index' | 'price' | 'held' | 'highs'
>

const asset = record<AssetState>({
  id: plain(),
  decimals: plain(),
  haircut: money,
  former: list(record<Former<Decimal>>({ was: money, until: plain() })),
  settlement: plain(),
  cap: money,
  coinShare: money,
  index: plain(),
  price,
  held,
  highs: record<Highs>({ from: plain(), here: money, before: money }),
})

const margin = record<TieredTerms>({
  tiers: list(record<Tier>({ upTo: money, initial: money, maintenance: money })),
  openInterestScaling: record<Scaling>({ lower: money, upper: money }),
})

const instrument = record<Listed>({
  id: plain(),
  kind: plain(),
  multiplier: money,
  lot: money,
  margin,
  option: record<OptionTerms>({ strike: money, optionType: plain() }),
  former: list(record<Former<TieredTerms>>({ was: margin, until: plain() })),
  liquidation: plain<LiquidationChange>(),
  gap: money,
  marginFloor: money,
  underlying: plain(),
  expiry: plain(),
  settlement: plain(),
  state: plain(),
  since: plain(),
  delisting: plain(),
  expired: plain(),
  fixed: plain(),
  settled: plain(),
  index: plain(),
  price,
  held,
  fundingIndex: money,
  fundedAt: plain(),
  openInterest: money,
})

const liquidation = record<Liquidation>({
  id: plain(),
  startedAt: plain(),
  clocks: plain(),
  solvent: plain(),
  over: plain(),
  backstopped: plain(),
  kept: money,
  tip: money,
  terms: plain<LiquidationTerms>(),
  cause: plain(),
})

const inDefault = record<Default>({
  required: table(money),
  coins: table(record<CoinAtStart>({ amount: money, high: money })),
  drawn: record<Default['drawn']>({ fund: money, skinInTheGame: money }),
  offered: plain(),
})

type PositionState = Pick<Position, 'quantity' | 'cash' | 'fundingIndex' | 'crowding'>

/** The same of an account. */
export interface AccountState extends Omit<Account, 'kind' | 'name' | 'owner' | 'positions' | 'stand'> {
  readonly owner: Pick<Owner, 'id'>
  readonly positions: Table<PositionState>
}

const taken = record<Taken>({ since: plain(), worth: money })

const owner: Form<Pick<Owner, 'id'>> = { write: ({ id }) => id, read: (id: string) => ({ id }) }

const account = record<AccountState>({
  id: plain(),
  margin: plain(),
  owner,
  balances: table(money),
  principal: table(money),
  unvalued: table(record<Unvalued>({ amount: money, since: plain() })),
  gains: table(list(record<CycleGains>({ from: plain(), made: money, cut: money }))),
  positions: table(record<PositionState>({ quantity: money, cash: money, fundingIndex: money, crowding: money })),
  taken,
  call: record<MarginCall>({ amount: money, countdown: plain(), missed: plain() }),
  debit: record<Debit>({ amount: money, countdown: plain(), due: plain() }),
  paused: table(record<Paused>({ at: plain(), ms: plain() })),
  liquidation,
  inDefault,
  liquidations: plain(),
  owing: plain(),
  consent: plain(),
})

const close = record<Close>({ instrument: plain(), quantity: money, class: plain(), rank: plain() })

const drawing = record<Drawing>({ what: plain(), id: plain(), amount: money, cap: money })

const bulk = record<Bulk>({
  id: plain(),
  what: plain(),
  liquidation: plain(),
  instrument: plain(),
  underlying: plain(),
  expiry: plain(),
  instruments: plain(),
  price: money,
  totals: record<Exclude<Bulk['totals'], undefined>>({ loss: money, profits: money, uncovered: money }),
  entries: plain(),
  remaining: list(
    record<BulkEntry>({
      account: plain(),
      amount: money,
      from: plain(),
      to: plain(),
      under: list(drawing),
      instrument: plain(),
      bought: record<Bought>({ asset: plain(), quantity: money, price: money }),
      close,
      positions: plain(),
    }),
  ),
  command: plain(),
})

const sideBefore = record<SideBefore>({ account: plain(), held: money, cash: money, crowding: money })

const recentTrade = record<RecentTrade>({
  instrument: plain(),
  quantity: money,
  price: money,
  buyer: sideBefore,
  seller: sideBefore,
  revision: plain(),
  at: plain(),
  until: plain(),
  busted: plain(),
})

const binding = record<Binding>({
  actor: plain(),
  key: plain(),
  since: plain(),
  from: plain(),
  by: list(plain<string>()),
  revokedAt: plain(),
})

type IdentityState = Omit<Identity, 'parties'>

const identity = record<IdentityState>({
  domain: plain(),
  development: plain(),
  since: plain(),
  keys: table(list(binding)),
  fills: table(record<Filled>({ filled: money, until: plain() })),
  sweptAt: plain(),
  cancelled: table(plain<Millis>()),
})

/** A house account that holds nothing is none. */
const books: Form<Pool['books']> = {
  write: (houses) =>
    table(table(money)).write(
      new Map([...houses].flatMap(([name, { balances }]) => (balances.size === 0 ? [] : [[name, balances]]))),
    ),
  read: (json) =>
    new Map([...table(table(money)).read(json)].map(([name, balances]) => [name, { kind: 'house', name, balances }])),
}

/** What the state hash is taken over: everything but what the chain itself proves (outcomes, trades), what the program is, and what is derived. */
export interface State
  extends Omit<
    Pool,
    | 'outcomes'
    | 'trades'
    | 'parts'
    | 'verify'
    | 'identity'
    | 'standing'
    | 'risk'
    | 'assets'
    | 'instruments'
    | 'accounts'
    | 'owners'
    | 'clearing'
    | 'custody'
    | 'insurance'
    | 'skinInTheGame'
    | 'dust'
  > {
  readonly assets: Table<AssetState>
  readonly instruments: Table<Listed>
  /** Each is read when its turn comes. */
  readonly accounts: Iterable<readonly [string, AccountState]>
  readonly identity: IdentityState | undefined
  readonly risk: RiskState | undefined
}

export const stateForm: Form<State> = record<State>({
  name: plain(),
  revision: plain(),
  groupEnd: plain(),
  door: plain(),
  at: plain(),
  head: plain(),
  parameters: plain<PoolParameters>(),
  settlementAsset: plain(),
  assets: table(asset),
  instruments: table(instrument),
  accounts: passing(account),
  books,
  liquidations: table(plain<string>()),
  calls: names,
  losses: record<Losses>({ insurance: money, skinInTheGame: money, socialized: money }),
  purses: table(record<Purse>({ since: plain(), cap: money, drawn: money })),
  recentTrades: table(recentTrade),
  sweptAt: plain(),
  frozen: plain(),
  frozenAt: plain(),
  taken,
  bulk,
  identity,
  oracle: oracleForm,
  risk: riskForm,
})
