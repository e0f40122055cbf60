import type {
  AccountStatement,
  AssetStatement,
  IndexStatement,
  InstrumentStatement,
  MarketStatement,
  Statement,
} from '@novation/clearing'
import { AmountText, Consent, Count, Digest, Id, InstantText, oneOf, open, PoolName, Reason } from '@novation/events'
import * as t from 'io-ts'
import { exactly } from './exactly'

export const statusText = oneOf('healthy', 'restricted', 'liquidatable', 'bankrupt')

const held = {
  instrument: Id,
  quantity: AmountText,
  cost: AmountText,
  unrealizedPnl: AmountText,
  accruedFunding: AmountText,
}

const queuePlace = { class: Count, rank: Count }

/** When it would be closed for another's default: its class, and its rank in that, from one. */
const queue = open('QueuePlace', queuePlace)

/** The same of each position of one account. */
export const QueueForm = open('AccountQueue', {
  account: Id,
  places: t.readonlyArray(open('PositionPlace', { instrument: Id, ...queuePlace })),
})

const Holding = open('Holding', held, { queue })

/** An open position, and whose it is. */
export const Position = open('Position', { account: Id, ...held }, { queue })

/** How one requirement over a portfolio comes about: by which scenario of each underlying, and what moving together took off. */
const Portfolio = open('Portfolio', {
  alone: AmountText,
  offset: AmountText,
  scan: AmountText,
  underlyings: t.readonlyArray(
    open('UnderlyingRequirement', { underlying: Id, alone: AmountText, binding: Reason, contingency: AmountText }),
  ),
  contributions: t.readonly(t.record(t.string, AmountText)),
})

/** By what models margin what is held: at which revision each was told last. */
const Inputs = t.readonlyArray(open('Input', { input: Reason, revision: Count }))

export const Account = exactly<AccountStatement>()(
  open(
    'Account',
    {
      account: Id,
      status: statusText,
      collateral: t.readonly(t.record(t.string, AmountText)),
      positions: t.readonlyArray(Holding),
      principal: AmountText,
      profit: AmountText,
      maturing: t.readonlyArray(open('Maturing', { at: InstantText, amount: AmountText })),
      equity: AmountText,
      initialMargin: AmountText,
      maintenanceMargin: AmountText,
    },
    { worst: AmountText, best: AmountText, consent: Consent, portfolio: Portfolio, inputs: Inputs },
  ),
)

/** How an account stands, and what each position adds to it. */
export const MarginForm = open(
  'Margin',
  {
    account: Id,
    status: statusText,
    equity: AmountText,
    worst: AmountText,
    best: AmountText,
    initialMargin: AmountText,
    callLine: AmountText,
    maintenanceMargin: AmountText,
    haircuts: AmountText,
    room: AmountText,
    positions: t.readonlyArray(
      open(
        'PositionMargin',
        {
          instrument: Id,
          quantity: AmountText,
          mark: AmountText,
          notional: AmountText,
          live: t.boolean,
          unrealizedPnl: AmountText,
          accruedFunding: AmountText,
          worst: AmountText,
          best: AmountText,
          initialMargin: AmountText,
          maintenanceMargin: AmountText,
        },
        {
          observedAt: InstantText,
          option: open('OptionTerms', {
            underlying: Id,
            optionType: oneOf('call', 'put'),
            strike: AmountText,
            expiry: InstantText,
          }),
        },
      ),
    ),
  },
  { missing: t.readonlyArray(Reason), portfolio: Portfolio },
)

/** The last event that moved what is held, and those that last told what is made of it by now. */
const figures = { held: Count, price: Count, terms: Count }

/** Of which revision each thing is that a margin is made of. */
export const MarginEventsForm = open('MarginEvents', {
  account: Id,
  collateral: t.readonlyArray(open('CollateralEvents', { asset: Id }, figures)),
  positions: t.readonlyArray(open('PositionEvents', { instrument: Id }, { ...figures, funding: Count })),
})

export const Asset = exactly<AssetStatement>()(
  open(
    'Asset',
    {
      asset: Id,
      custody: AmountText,
      owed: AmountText,
      credits: AmountText,
      debits: AmountText,
      liquidity: AmountText,
      insurance: AmountText,
      skinInTheGame: AmountText,
      fees: AmountText,
      dust: AmountText,
      imbalance: AmountText,
    },
    { cap: AmountText, bonds: AmountText },
  ),
)

export const Instrument = exactly<InstrumentStatement>()(
  open(
    'Instrument',
    {
      instrument: Id,
      state: oneOf('open', 'reduce-only', 'halted', 'expired', 'settling', 'settled'),
      openInterest: AmountText,
      longCost: AmountText,
      shortCost: AmountText,
      stale: t.boolean,
    },
    {
      index: Id,
      slow: AmountText,
      mark: AmountText,
      held: open('HeldPrice', { price: AmountText, since: InstantText }),
      confidence: AmountText,
      expiry: InstantText,
      fixing: AmountText,
      settlesOver: open('SettlesOver', {
        from: InstantText,
        window_ms: Count,
        covered_ms: Count,
        until: InstantText,
      }),
    },
  ),
)

const Source = open(
  'Source',
  { source: Id, weight: Count, counts: oneOf('full', 'half', 'suspended') },
  { quotedAt: InstantText, bond: AmountText },
)

const DepthAt = open('DepthAt', { bps: Count, bid: AmountText, ask: AmountText })

export const Index = exactly<IndexStatement>()(
  open(
    'Index',
    {
      index: Id,
      base: Id,
      currency: Id,
      stale: t.boolean,
      quorum: Count,
      sources: t.readonlyArray(Source),
    },
    {
      price: AmountText,
      slow: AmountText,
      confidence: AmountText,
      observedAt: InstantText,
      depth: t.readonlyArray(DepthAt),
      held: open('HeldIndex', { price: AmountText, since: InstantText, why: oneOf('band', 'deviation') }),
    },
  ),
)

const fact = { observedAt: InstantText, stale: t.boolean }
const told = { revision: Count }

const Smile = open('Smile', { a: AmountText, b: AmountText, rho: AmountText, m: AmountText, sigma: AmountText })
const strikes = t.readonlyArray(open('StrikeVolatility', { strike: AmountText, volatility: AmountText }))

/** What options of one expiry are marked by. */
const Expiry = open(
  'Expiry',
  {
    expiry: InstantText,
    options: t.readonlyArray(
      open(
        'MarkedOption',
        { instrument: Id, optionType: oneOf('call', 'put'), strike: AmountText },
        { volatility: AmountText, mark: AmountText },
      ),
    ),
  },
  {
    forward: open('Forward', { price: AmountText, index: AmountText, ...fact }, { now: AmountText, ...told }),
    held: open('HeldForward', { price: AmountText, since: InstantText }),
    surface: open('Surface', { forward: AmountText, ...fact }, { svi: Smile, points: strikes, ...told }),
    valued: open('Valued', { forward: AmountText, discount: AmountText }),
    fixing: AmountText,
  },
)

export const Market = exactly<MarketStatement>()(
  open(
    'Market',
    { underlying: Id, asOf: InstantText, expiries: t.readonlyArray(Expiry) },
    {
      price: open('UnderlyingPrice', { price: AmountText, ...fact }, told),
      model: open('ToldModel', told),
      curve: open(
        'Curve',
        {
          curve: Id,
          points: t.readonlyArray(open('Discount', { days: Count, discount: AmountText })),
          ...fact,
        },
        told,
      ),
    },
  ),
)

const solvency = {
  pool: PoolName,
  revision: Count,
  at: InstantText,
  stateHash: Digest,
  identity: oneOf('open', 'development', 'signed'),
  solvent: t.boolean,
  assets: t.readonlyArray(Asset),
  uncapped: t.readonlyArray(Id),
  instruments: t.readonlyArray(Instrument),
  losses: open('Losses', {
    insurance: AmountText,
    skinInTheGame: AmountText,
    socialized: AmountText,
    uncovered: AmountText,
  }),
  purses: t.readonlyArray(
    open('Purse', {
      what: oneOf('owner', 'instrument', 'coin'),
      id: Id,
      cap: AmountText,
      drawn: AmountText,
      until: InstantText,
    }),
  ),
  frozen: t.boolean,
  inProgress: t.readonlyArray(open('InProgress', { what: t.string, id: t.string, done: Count, total: Count })),
  open: t.readonlyArray(open('OpenWork', { what: t.string, id: t.string }, { due: InstantText })),
}
/** What is there only in a frozen pool, where an index was set, and where something has a risk model. */
const perhaps = { heldBack: AmountText, indices: t.readonlyArray(Index), markets: t.readonlyArray(Market) }

export const StatementForm = exactly<Statement>()(
  open('Statement', { ...solvency, accounts: t.readonlyArray(Account) }, perhaps),
)

export const Solvency = exactly<Omit<Statement, 'accounts'>>()(open('Solvency', solvency, perhaps))
