import { type Account, emptyPool, healthOf, type Instrument, type Pool } from '@novation/clearing'
import { add, decimal, isNegative, one, toNumber, zero } from '@novation/decimal'
import type { Command, LedgerEvent } from '@novation/events'
import { runLedger } from '@novation/ledger'
import { ask, type Reactor } from '@novation/platform'
import { type Parts, parts } from '../mesh/parts'
import { decidedIn } from './other-rules'
import { changed, passOver } from './reactors'

type Terms = Omit<Instrument, 'price'>

const withTerms =
  (change: (terms: Terms) => Terms) =>
  (pool: Pool): Pool => ({
    ...pool,
    instruments: pool.instruments.map(({ price, ...terms }) => ({
      ...change(terms),
      ...(price === undefined ? {} : { price }),
    })),
  })

const inTrades =
  (change: (pool: Pool) => Pool) =>
  (pool: Pool, { type }: Command): Pool =>
    type === 'ClearTrade' || type === 'Withdraw' || type === 'BidLiquidation' ? change(pool) : pool

/** Initial margin is asked as if nobody else held the instrument. */
export const scalingIgnored = decidedIn(
  inTrades(
    withTerms((terms) => {
      const { openInterestScaling: _, ...margin } = terms.margin
      return { ...terms, margin }
    }),
  ),
)

/** Beyond the bound of the last tier nothing more is asked. */
export const boundIsTheEnd = decidedIn(
  inTrades(
    withTerms((terms) => {
      const last = terms.margin.tiers.at(-1)
      if (last?.upTo === undefined) return terms
      const free = { initial: decimal('0.000001'), maintenance: decimal('0.000001') }
      return { ...terms, margin: { ...terms.margin, tiers: [...terms.margin.tiers, free] } }
    }),
  ),
)

/** A contract counts as one unit, whatever it says. */
export const multiplierIgnored = decidedIn(inTrades(withTerms((terms) => ({ ...terms, multiplier: one }))))

/** An isolated account is judged as any other, and so holds what any other may hold. */
export const isolatedAsCross = decidedIn((pool) => ({
  ...pool,
  accounts: pool.accounts.map((account) => ({ ...account, margin: 'cross' })),
}))

/** Ids are remembered for so long, and what is a second older is decided all the same. */
export const memoryTooShort = decidedIn((pool) => ({
  ...pool,
  parameters: {
    ...pool.parameters,
    ...(pool.parameters.idempotency_s === undefined ? {} : { idempotency_s: pool.parameters.idempotency_s + 1 }),
  },
}))

/** Losses wait for open liquidations until the window of whoever owes last is over. */
export const oldestForgotten = decidedIn((pool, { type }) => {
  const owing = [...pool.accounts.values()].filter((account) => account.owing !== undefined)
  const waits = owing.some((account) => account.owing?.windowOver === false)
  if (type !== 'CoverLoss' || !waits) return pool
  return {
    ...pool,
    accounts: pool.accounts.map((account) =>
      account.owing === undefined ? account : { ...account, owing: { ...account.owing, windowOver: false } },
    ),
  }
})

/** The backstop bids for everything, and is believed to have what it takes. */
export const backstopBearsAll: Parts = {
  ...decidedIn((pool, { actor, type }) => {
    const keeper = pool.accounts.get('backstop')
    const usd = pool.settlementAsset
    if (keeper === undefined || usd === undefined || type !== 'BidLiquidation' || actor !== 'keeper:backstop')
      return pool
    const balances = keeper.balances.update(usd, zero, (held) => add(held, decimal('1000000')))
    return { ...pool, accounts: pool.accounts.set(keeper.id, { ...keeper, balances }) }
  }),
  reactors: changed('keeper:backstop', (reactor) => ({
    ...reactor,
    due: (pool) =>
      reactor.due(pool).map((wanted) => ({ ...wanted, data: { ...wanted.data, fraction: '1' } }) as typeof wanted),
  })).reactors,
}

/** The backstop bids for everything or nothing: what it could bear of it is left to others. */
export const allOrNothing = changed('keeper:backstop', (reactor) => ({
  ...reactor,
  due: (pool) =>
    reactor.due(pool).map((wanted) => ({ ...wanted, data: { ...wanted.data, fraction: '1' } }) as typeof wanted),
}))

/** An auction that is over goes straight to deleveraging. */
export const backstopSkipped: Parts = {
  ...decidedIn((pool, { type }) =>
    type !== 'Deleverage'
      ? pool
      : {
          ...pool,
          accounts: pool.accounts.map((account) =>
            account.liquidation?.stage === 'backstop'
              ? { ...account, liquidation: { ...account.liquidation, stage: 'deleverage' } }
              : account,
          ),
        },
  ),
  reactors: changed('liquidator', (reactor) => ({
    ...reactor,
    due: (pool) => [
      ...reactor.due(pool),
      ...[...pool.liquidations]
        .filter(([, account]) => pool.accounts.get(account)?.liquidation?.stage === 'backstop')
        .map(([liquidation, account]) => ask('Deleverage', { liquidation }, account)),
    ],
  })).reactors,
}

const inAuction = ({ liquidation }: Account): boolean => liquidation?.stage === 'auction'

/** An auction begins anew whenever somebody asks, and somebody always does. */
export const restartsAlways: Parts = {
  ...decidedIn((pool, { type, data }) => {
    const account = type === 'StartLiquidation' ? pool.accounts.get(data.account) : undefined
    const open = account?.liquidation
    if (account === undefined || open === undefined || !inAuction(account)) return pool
    const solvent = isNegative(healthOf(pool, account).equity)
    return { ...pool, accounts: pool.accounts.set(account.id, { ...account, liquidation: { ...open, solvent } }) }
  }),
  reactors: changed('liquidator', (reactor) => ({
    ...reactor,
    due: (pool) => [
      ...reactor.due(pool),
      ...[...pool.accounts.values()]
        .filter((account) => inAuction(account) && !pool.standing.duties.restart.has(account.id))
        .map(({ id }) => ask('StartLiquidation', { account: id }, id)),
    ],
  })).reactors,
}

/** A part of bulk work is one entry larger than an append may hold. */
export const partsTooLarge: Parts = {
  ...parts,
  runLedger: ({ initial = emptyPool, ...service }, signal) =>
    runLedger(
      {
        ...service,
        initial: (name) => {
          const pool = initial(name)
          return { ...pool, parts: { accounts: pool.parts.accounts + 1, closes: pool.parts.closes + 1 } }
        },
      },
      signal,
    ),
}

const moveOf = (pool: Pool, event: LedgerEvent): number => {
  const before = event.type === 'PriceTick' ? pool.instruments.get(event.data.instrument ?? '')?.price : undefined
  return before === undefined || event.type !== 'PriceTick'
    ? Number.POSITIVE_INFINITY
    : Math.abs(Number(event.data.price) / toNumber(before.value) - 1)
}

/** Looks at nobody again when the price of such an instrument moves by less than a quarter: its bands are far too wide. */
const wideBands =
  (isSuch: (instrument: Instrument) => boolean) =>
  (reactor: Reactor<Pool>): Reactor<Pool> => ({
    ...reactor,
    evolve: (pool, event) => {
      const next = reactor.evolve(pool, event)
      const instrument = event.type === 'PriceTick' ? pool.instruments.get(event.data.instrument ?? '') : undefined
      const isMissed = instrument !== undefined && isSuch(instrument) && moveOf(pool, event) < 0.25
      return isMissed ? { ...next, standing: pool.standing } : next
    },
  })

/** Everybody judges by the same rules, so everybody judges too late. */
const judgedLate = (isSuch: (instrument: Instrument) => boolean): Parts => ({
  ...parts,
  reactors: parts.reactors.map(wideBands(isSuch)),
})

export const bandWithoutScaling = judgedLate(({ margin }) => margin.openInterestScaling !== undefined)
export const bandWithoutMultiplier = judgedLate(({ multiplier }) => toNumber(multiplier) !== 1)

const isSecond = (pool: Pool, event: LedgerEvent): boolean =>
  event.type === 'PriceTick' &&
  Date.parse(event.at) === pool.at &&
  pool.instruments.get(event.data.instrument ?? '')?.price !== undefined &&
  pool.instruments.some(({ price }) => price?.observedAt === Date.parse(event.data.observedAt))

/** Of two prices of one moment the second is not looked at. */
export const secondPriceDropped = changed('liquidator', (reactor) => ({
  ...reactor,
  evolve: (pool, event) => (isSecond(pool, event) ? passOver(pool, event) : reactor.evolve(pool, event)),
}))
