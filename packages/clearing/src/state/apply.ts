import { add, type Decimal, decimal, max, subtract, zero } from '@novation/decimal'
import { type EventData, type EventType, type Proposal, parseTime } from '@novation/events'
import { Map as Table } from 'immutable'
import { applyPostings } from './balances'
import { applyDrawn, applyEnded, applyLiquidated, applyRestarted, applyStarted, moveStage } from './liquidation-state'
import { tieredTerms } from './margin-terms'
import type { Account, Instrument, Pool } from './pool'
import { assertBalanced } from './postings'

const changeAccount = (pool: Pool, id: string, change: (account: Account) => Account): Pool => {
  const account = pool.accounts.get(id)
  if (account === undefined) throw new RangeError(`an event names account ${id}, which was never opened`)
  return {
    ...pool,
    accounts: pool.accounts.set(id, change(account)),
    standing: { ...pool.standing, touched: pool.standing.touched.add(id) },
  }
}

const changeInstrument = (pool: Pool, id: string, change: (instrument: Instrument) => Instrument): Pool => {
  const instrument = pool.instruments.get(id)
  if (instrument === undefined) throw new RangeError(`an event names instrument ${id}, which was never listed`)
  return { ...pool, instruments: pool.instruments.set(id, change(instrument)) }
}

const principalChange = (pool: Pool, id: string, asset: string, change: (held: Decimal) => Decimal): Pool =>
  changeAccount(pool, id, (account) => ({
    ...account,
    principal: account.principal.set(asset, change(account.principal.get(asset) ?? zero)),
  }))

const moved = (pool: Pool, name: string): Pool => ({
  ...pool,
  standing: { ...pool.standing, moved: pool.standing.moved.add(name) },
})

const withoutPrincipal = (pool: Pool, id: string): Pool =>
  changeAccount(pool, id, (account) => ({ ...account, principal: account.principal.clear() }))

const settled = (pool: Pool, id: string): Pool =>
  changeInstrument(pool, id, (instrument) => ({ ...instrument, settled: true, expired: true }))

const passDue = (pool: Pool, { what, id }: EventData<'TimePassed'>['due'][number]): Pool => {
  switch (what) {
    case 'auction':
      return moveStage(pool, id, 'backstop')
    case 'backstop':
      return moveStage(pool, id, 'deleverage')
    case 'expiry':
      return changeInstrument(pool, id, (instrument) => ({ ...instrument, expired: true }))
    case 'loss':
      return changeAccount(pool, id, (account) =>
        account.owing === undefined ? account : { ...account, owing: { ...account.owing, windowOver: true } },
      )
    case 'margin-call':
      return pool
  }
}

/** What each event changes besides the balances its postings move. An event left out changes nothing else. */
const effects: { readonly [K in EventType]?: (pool: Pool, data: EventData<K>) => Pool } = {
  AssetRegistered: (pool, { asset: id, decimals, haircut, settlement }) => ({
    ...pool,
    ...(settlement ? { settlementAsset: id } : {}),
    assets: pool.assets.set(id, { id, decimals, haircut: decimal(haircut), settlement }),
  }),
  InstrumentListed: (pool, { instrument: id, kind, multiplier, lot, margin, expiry, liquidation }) => ({
    ...pool,
    instruments: pool.instruments.set(id, {
      id,
      kind,
      multiplier: decimal(multiplier),
      lot: decimal(lot),
      margin: tieredTerms(margin),
      ...(liquidation === undefined ? {} : { liquidation }),
      ...(expiry === undefined ? {} : { expiry: parseTime(expiry) }),
      expired: false,
      settled: false,
      fundingIndex: zero,
      openInterest: zero,
    }),
  }),
  PoolParametersSet: (pool, { parameters }) => ({ ...pool, parameters }),
  AccountOpened: (pool, { account: id, margin }) => ({
    ...pool,
    accounts: pool.accounts.set(id, {
      id,
      margin,
      balances: Table(),
      principal: Table(),
      positions: Table(),
      liquidations: 0,
    }),
  }),
  CollateralDeposited: (pool, { account, asset, amount }) =>
    principalChange(pool, account, asset, (held) => add(held, decimal(amount))),
  CollateralWithdrawn: (pool, { account, asset, amount }) =>
    principalChange(pool, account, asset, (held) => max(zero, subtract(held, decimal(amount)))),
  PriceTick: (pool, { instrument, asset, price, observedAt }) => {
    const tick = { value: decimal(price), observedAt: parseTime(observedAt) }
    if (instrument !== undefined)
      return moved(
        changeInstrument(pool, instrument, (terms) => ({ ...terms, price: tick })),
        instrument,
      )
    const terms = asset === undefined ? undefined : pool.assets.get(asset)
    if (terms === undefined) throw new RangeError(`a price names ${asset}, which was never registered`)
    return moved({ ...pool, assets: pool.assets.set(terms.id, { ...terms, price: tick }) }, terms.id)
  },
  TradeCleared: (pool, { trade }) => ({ ...pool, trades: pool.trades.add(trade) }),
  FundingPaid: (pool, { instrument, index }) => ({
    ...changeInstrument(pool, instrument, (terms) => ({ ...terms, fundingIndex: decimal(index) })),
    standing: { ...pool.standing, shaken: pool.standing.shaken.add(instrument) },
  }),
  FundingSettled: (pool, { account: id, instrument, index }) =>
    changeAccount(pool, id, (account) => ({
      ...account,
      positions: account.positions.update(instrument, (position) => {
        if (position === undefined) throw new RangeError(`funding is settled for ${id}, who holds no ${instrument}`)
        return { ...position, fundingIndex: decimal(index) }
      }),
    })),
  MarginCall: (pool, { account: id, amount, deadline }) => ({
    ...changeAccount(pool, id, (account) => ({
      ...account,
      call: { amount: decimal(amount), deadline: parseTime(deadline), missed: false },
    })),
    calls: pool.calls.add(id),
  }),
  MarginCallMet: (pool, { account: id }) => ({
    ...changeAccount(pool, id, ({ call: _, ...account }) => account),
    calls: pool.calls.delete(id),
  }),
  MarginCallMissed: (pool, { account: id }) =>
    changeAccount(pool, id, (account) =>
      account.call === undefined ? account : { ...account, call: { ...account.call, missed: true } },
    ),
  LiquidationStarted: applyStarted,
  AuctionRestarted: applyRestarted,
  Liquidated: applyLiquidated,
  LiquidationEnded: applyEnded,
  InsuranceDrawn: (pool, data) => {
    const drawn = applyDrawn(pool, data)
    const amount = decimal(data.amount)
    const { insurance, skinInTheGame } = drawn.losses
    const losses =
      data.layer === 'fund'
        ? { ...drawn.losses, insurance: add(insurance, amount) }
        : { ...drawn.losses, skinInTheGame: add(skinInTheGame, amount) }
    return data.purpose === 'write-off' ? withoutPrincipal({ ...drawn, losses }, data.defaulter) : { ...drawn, losses }
  },
  Deleveraged: (pool, { given }) => ({
    ...pool,
    losses: { ...pool.losses, deleveraged: add(pool.losses.deleveraged, max(zero, decimal(given))) },
  }),
  LossSocialized: (pool, { given }) => {
    const paid = given.reduce((sum, { amount }) => add(sum, decimal(amount)), zero)
    const written = given.reduce((state, { account }) => withoutPrincipal(state, account), pool)
    return { ...written, losses: { ...written.losses, socialized: add(written.losses.socialized, paid) } }
  },
  InstrumentSettled: (pool, { instrument, bulk }) => (bulk === undefined ? settled(pool, instrument) : pool),
  BulkEnded: (pool, { instrument }) => {
    const { bulk: _, ...rest } = pool
    return instrument === undefined ? rest : settled(rest, instrument)
  },
  TimePassed: (pool, { due }) => due.reduce(passDue, pool),
  PoolFrozen: (pool) => ({ ...pool, frozen: true }),
  PoolThawed: (pool) => ({ ...pool, frozen: false }),
}

/** The changes of a decision laid over the pool: balances by its postings, the rest by its type. */
export const apply = (pool: Pool, { type, data, postings }: Proposal): Pool => {
  assertBalanced(postings, type)
  const effect = effects[type] as ((pool: Pool, data: Proposal['data']) => Pool) | undefined
  const posted = applyPostings(pool, postings)
  return effect === undefined ? posted : effect(posted, data)
}
