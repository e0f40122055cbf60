import { type Book, process as decide, emptyPool, healthOf } from '@novation/clearing'
import { add, decimal, floor, format, isPositive, multiply, subtract } from '@novation/decimal'
import { type Command, developmentKey, formatTime, signCommand, signQuote, usualModel } from '@novation/events'

/** How a price comes: an oracle tells it, or three sources sign it, which makes an index with a slow price beside it. */
export type Way = 'told' | 'signed'

export interface House {
  readonly book: Book
  readonly series: number
  /** A second later the underlying, or the perpetual on it, costs so much; of an index, both at once. */
  readonly ticks: { readonly underlying: (price: number) => void; readonly perpetual?: (price: number) => void }
}

const domain = 'd0'
const keyOf = (actor: string) => developmentKey('bench', actor)
const sources = ['s1', 's2', 's3']
const begins = Date.parse('2026-01-01T00:00:00Z')

export const index = 60_000
const expiries = [7, 30, 90].map((days) => formatTime(begins + days * 86_400_000))
const strikes = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((n) => index * (1 + n * 0.05))
const series = expiries.flatMap((expiry, e) =>
  strikes.flatMap((strike) =>
    (['call', 'put'] as const).map((optionType) => ({
      instrument: `BTC-${e}-${strike}-${optionType}`,
      expiry,
      strike: String(strike),
      optionType,
    })),
  ),
)
const perpetual = 'BTC-PERP'
const name = (i: number): string => `a${i}`

/** Numbers between 0 and 1 that are the same each time. */
export const draws = (): (() => number) => {
  let state = 20260101
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
}

/** A market in options, and so many portfolios in it: everybody has dealt with others, and taken out what he needs not but for a part of his margin. */
export const houseOf = (way: Way, accounts: number): House => {
  const book = emptyPool('main')
  const draw = draws()
  let [now, sent] = [begins, 0]

  /** Whether it was done. */
  const ask = (type: Command['type'], data: object, actor = 'operator:a', also: readonly string[] = []): boolean => {
    sent += 1
    const command = { id: `c${sent}`, type, pool: 'main', actor, at: formatTime(now), data } as Command
    const asked = way === 'told' ? command : signCommand(command, domain, [actor, ...also].map(keyOf))
    const outcome = decide(book, asked, now)
    return outcome.tag === 'decided' && outcome.rejection === undefined
  }
  const must = (...asked: Parameters<typeof ask>): void => {
    if (!ask(...asked)) throw new Error(`${asked[0]} ${JSON.stringify(asked[1]).slice(0, 120)} is not done`)
  }

  const tell = (what: object, price: number): void =>
    must('PublishPrice', { ...what, price: price.toFixed(6) }, way === 'told' ? 'oracle' : undefined)
  const quote = (price: number): void => {
    const said = { base: 'BTC', currency: 'USD', at: formatTime(now), price: price.toFixed(2) }
    const quotes = sources.map((source) => signQuote({ source, ...said }, keyOf(`source:${source}`)))
    must('PublishQuotes', { quotes }, 'oracle')
  }

  /** Everybody's keys; what is signed later counts without being looked at, which is not what is measured. */
  const adopt = (): void => {
    const named = (actor: string) => ({ actor, key: keyOf(actor).key })
    must('AdoptIdentity', { domain, keys: [named('operator:a')] })
    for (const actor of ['oracle', ...sources.map((source) => `source:${source}`)])
      must('RegisterKey', named(actor), undefined, [actor])
    book.set<Book, 'verify'>(book, 'verify', 'assumed')
    const weighed = sources.map((source) => ({ source, weight: 1 }))
    must('SetIndex', { index: 'BTC-USD', base: 'BTC', currency: 'USD', places: 2, quorum: 3, sources: weighed })
  }

  const list = (): void => {
    const priced = way === 'told' ? {} : { index: 'BTC-USD' }
    must('RegisterAsset', { asset: 'USD', decimals: 6, settlement: true })
    must('RegisterAsset', { asset: 'BTC', decimals: 8, ...priced })
    must('SetRiskModel', { underlying: 'BTC', ...usualModel })
    must('ListInstrument', {
      instrument: perpetual,
      kind: 'perpetual',
      settlementAsset: 'USD',
      underlying: 'BTC',
      lot: '0.01',
      margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
      ...priced,
    })
    if (way === 'signed') quote(index)
    else {
      tell({ asset: 'BTC' }, index)
      tell({ instrument: perpetual }, index)
    }
    for (const expiry of expiries) {
      must('PublishForward', { underlying: 'BTC', expiry, price: String(index * 1.002) })
      must('PublishVolatility', { underlying: 'BTC', expiry, points: [{ strike: String(index), volatility: '0.6' }] })
    }
    for (const of of series)
      must('ListInstrument', { ...of, kind: 'option', settlementAsset: 'USD', underlying: 'BTC', lot: '0.01' })
  }

  const trade = (instrument: string, quantity: string, buyer: string, seller: string): void => {
    const price = book.instruments.get(instrument)?.price?.value
    if (price === undefined) throw new Error(`${instrument} has no price`)
    must('ClearTrade', { trade: `t${sent}`, instrument, quantity, price: format(price), buyer, seller })
  }

  const people = (): void => {
    for (let i = 0; i < accounts; i += 1) {
      must('OpenAccount', { account: name(i), margin: 'portfolio' })
      must('Deposit', { account: name(i), asset: 'USD', amount: '1000000' })
    }
    for (let i = 0; i < accounts; i += 1)
      for (let n = 0; n < 3; n += 1) {
        const other = (i + 1 + Math.floor(draw() * (accounts - 1))) % accounts
        const [buyer = '', seller = ''] = draw() < 0.5 ? [name(i), name(other)] : [name(other), name(i)]
        const size = (0.01 * Math.ceil(draw() * 100)).toFixed(2)
        const option = series[Math.floor(draw() * series.length)]?.instrument ?? ''
        trade(n === 2 ? perpetual : option, size, buyer, seller)
      }
    for (let i = 0; i < accounts; i += 1) {
      const account = book.accounts.get(name(i))
      if (account === undefined) continue
      const { worst, initial } = healthOf(book, account)
      const spare = floor(subtract(worst, multiply(initial, add(decimal('1.05'), decimal(draw().toFixed(6))))), 6)
      if (isPositive(spare)) void ask('Withdraw', { account: name(i), asset: 'USD', amount: format(spare) })
    }
  }

  if (way === 'signed') adopt()
  list()
  people()
  const later = (work: () => void): void => {
    now += 1000
    work()
  }
  return {
    book,
    series: series.length,
    ticks:
      way === 'signed'
        ? { underlying: (price) => later(() => quote(price)) }
        : {
            underlying: (price) => later(() => tell({ asset: 'BTC' }, price)),
            perpetual: (price) => tell({ instrument: perpetual }, price),
          },
  }
}
