import { type Book, emptyPool, evolve, type Instrument, type Pool } from '@novation/clearing'
import { add, decimal, one, toNumber, zero } from '@novation/decimal'
import type { Command, LedgerEvent } from '@novation/events'
import { runLedger } from '@novation/ledger'
import { ask, type Reactor } from '@novation/platform'
import { type Parts, parts } from '../mesh/parts'
import { decidedIn } from './other-rules'
import { changed, passOver } from './reactors'

type Change = (book: Book, command: Command) => void

const inTrades =
  (change: (instrument: Instrument, book: Book) => void): Change =>
  (book, { type }) => {
    if (type !== 'ClearTrade' && type !== 'Withdraw' && type !== 'BidLiquidation') return
    for (const instrument of book.instruments.values()) change(instrument, book)
  }

/** Initial margin is asked as if nobody else held the instrument. */
export const scalingIgnored = decidedIn(
  inTrades((instrument, book) => {
    const { openInterestScaling: _, ...margin } = instrument.margin
    book.set(instrument, 'margin', margin)
  }),
)

/** Beyond the last bound nothing more is asked. */
export const boundIsTheEnd = decidedIn(
  inTrades((instrument, book) => {
    const { margin } = instrument
    if (margin.tiers.length === 1) return
    const free = { initial: decimal('0.000001'), maintenance: decimal('0.000001') }
    book.set(instrument, 'margin', { ...margin, tiers: [...margin.tiers.slice(0, -1), free] })
  }),
)

/** A trade is busted at the mark, and not at its own price: so a mistake is kept by whom it helped. */
export const bustedAtTheMark = decidedIn((book, { type, data }) => {
  const cleared = type === 'BustTrade' ? book.recentTrades.get(data.trade) : undefined
  const mark = book.instruments.get(cleared?.instrument ?? '')?.price?.value
  if (type !== 'BustTrade' || cleared === undefined || mark === undefined) return
  book.put(book, 'recentTrades', data.trade, { ...cleared, price: mark })
})

/** A contract counts as one unit, whatever it says. */
export const multiplierIgnored = decidedIn(inTrades((instrument, book) => book.set(instrument, 'multiplier', one)))

/** An isolated account is judged as any other, and so holds what any other may hold. */
export const isolatedAsCross = decidedIn((book) => {
  for (const account of book.accounts.values()) book.set(account, 'margin', 'cross')
})

/** Ids are remembered for so long, and what is a second older is decided all the same. */
export const memoryTooShort = decidedIn((book) => {
  const { door, parameters } = book
  if (parameters.idempotency_s === undefined) return
  book.set<Book, 'door'>(book, 'door', door - 1000)
  book.set<Book, 'parameters'>(book, 'parameters', { ...parameters, idempotency_s: parameters.idempotency_s + 1 })
})

/** The first due time in an outage ends every margin call that waits for prices. */
export const outagesCount = decidedIn((book, { type }) => {
  if (type !== 'PassTime') return
  for (const account of book.accounts.values()) {
    const { call } = account
    if (call?.missed !== false || call.countdown.runs) continue
    book.set(account, 'call', { ...call, countdown: { ...call.countdown, left_ms: 0 } })
  }
})

/** Losses wait for open liquidations until the window of whoever owes last is over. */
export const oldestForgotten = decidedIn((book, { type }) => {
  const owing = [...book.accounts.values()].filter((account) => account.owing !== undefined)
  const waits = owing.some((account) => account.owing?.windowOver === false)
  if (type !== 'CoverLoss' || !waits) return
  for (const account of owing)
    if (account.owing !== undefined) book.set(account, 'owing', { ...account.owing, windowOver: false })
})

/** The backstop bids for everything, and is believed to have what it takes. */
export const backstopBearsAll: Parts = {
  ...decidedIn((book, { actor, type }) => {
    const keeper = book.accounts.get('backstop')
    const usd = book.settlementAsset
    if (keeper === undefined || usd === undefined || type !== 'BidLiquidation' || actor !== 'keeper:backstop') return
    book.put(keeper, 'balances', usd, add(keeper.balances.get(usd) ?? zero, decimal('1000000')))
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
  ...decidedIn((book, { type }) => {
    if (type !== 'Deleverage') return
    for (const account of book.accounts.values())
      if (account.liquidation?.over === true)
        book.set(account, 'liquidation', { ...account.liquidation, backstopped: true })
  }),
  reactors: changed('liquidator', (reactor) => ({
    ...reactor,
    due: (pool) => [
      ...reactor.due(pool),
      ...[...pool.liquidations]
        .filter(([, account]) => pool.accounts.get(account)?.liquidation?.over === true)
        .map(([liquidation, account]) => ask('Deleverage', { liquidation }, account)),
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
          const book = initial(name)
          const { accounts, closes } = book.parts
          book.set<Book, 'parts'>(book, 'parts', { accounts: accounts + 1, closes: closes + 1 })
          return book
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
  (reactor: Reactor<Book>): Reactor<Book> => ({
    ...reactor,
    evolve: (book, event) => {
      const instrument = event.type === 'PriceTick' ? book.instruments.get(event.data.instrument ?? '') : undefined
      const isMissed = instrument !== undefined && isSuch(instrument) && moveOf(book, event) < 0.25
      if (!isMissed) return reactor.evolve(book, event)
      const before = book.unjudged.mark()
      const next = evolve(book, event)
      book.unjudged.takeBack(before)
      return next
    },
  })

/** A price that is not fresh counts as if it were. */
export const gapIgnored = decidedIn(inTrades((instrument, book) => book.set(instrument, 'gap', decimal('0.000000001'))))

/** A market trades whatever its state, until it is settled. */
export const statesIgnored = decidedIn(
  inTrades((instrument, book) => {
    book.set(instrument, 'state', 'open')
    book.set(instrument, 'expired', false)
    book.set(instrument, 'expiry', undefined)
  }),
)

/** Whatever comes in is taken, however far from the mark, however large, however soon. */
export const boundsIgnored = decidedIn((book) =>
  book.set<Book, 'parameters'>(book, 'parameters', {
    ...book.parameters,
    tradeBand: '100',
    settlementBand: '100',
    funding: { cap: '1', interval_s: 0 },
  }),
)

/** Everybody judges by the same rules, so everybody judges too late. */
const judgedLate = (isSuch: (instrument: Instrument) => boolean): Parts => ({
  ...parts,
  reactors: parts.reactors.map(wideBands(isSuch)),
})

export const bandWithoutMultiplier = judgedLate(({ multiplier }) => toNumber(multiplier) !== 1)

const isSecond = (pool: Pool, event: LedgerEvent): boolean =>
  event.type === 'PriceTick' &&
  Date.parse(event.at) === pool.at &&
  pool.instruments.get(event.data.instrument ?? '')?.price !== undefined &&
  [...pool.instruments.values()].some(({ price }) => price?.observedAt === Date.parse(event.data.observedAt))

/** Of two prices of one moment the second is not looked at. */
export const secondPriceDropped = changed('liquidator', (reactor) => ({
  ...reactor,
  evolve: (pool, event) => (isSecond(pool, event) ? passOver(pool, event) : reactor.evolve(pool, event)),
}))
