import { parseArgs } from 'node:util'
import { type Book, process as decide, emptyPool, healthOf } from '@novation/clearing'
import { add, decimal, floor, format, isPositive, multiply, subtract } from '@novation/decimal'
import { type Command, formatTime, usualModel } from '@novation/events'

/**
 * Whom a tick touches where accounts are margined as portfolios, and what it costs, by CPU, beside looking at everybody: an index walks by so many
 * basis points a tick, a second apart, and a perpetual follows it.
 *
 *   npm run bench:options -- [--accounts=10000] [--ticks=200] [--bp=2]
 */
const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    ticks: { type: 'string', default: '200' },
    bp: { type: 'string', default: '2' },
  },
  strict: false,
})
const accounts = Number(values.accounts)
const ticks = Number(values.ticks)
const step = Number(values.bp) / 10_000

let state = 20260101
const draw = (): number => {
  state = (state * 1664525 + 1013904223) % 4294967296
  return state / 4294967296
}
const oneOf = <T>(of: readonly T[]): T => {
  const one = of[Math.floor(draw() * of.length)]
  if (one === undefined) throw new Error('one of nothing')
  return one
}

const book: Book = emptyPool('main')
const begins = Date.parse('2026-01-01T00:00:00Z')
let now = begins
let sent = 0

/** Whether it was done. */
const ask = (type: Command['type'], data: object): boolean => {
  sent += 1
  const command = { id: `c${sent}`, type, pool: 'main', actor: 'operator', at: formatTime(now), data } as Command
  const outcome = decide(book, command, now)
  return outcome.tag === 'decided' && outcome.rejection === undefined
}
const must = (type: Command['type'], data: object): void => {
  if (!ask(type, data)) throw new Error(`${type} ${JSON.stringify(data).slice(0, 120)} is not done`)
}

const index = 60_000
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

const tellPrice = (what: object, price: number): void => must('PublishPrice', { ...what, price: price.toFixed(6) })

const setUp = (): void => {
  must('RegisterAsset', { asset: 'USD', decimals: 6, settlement: true })
  must('RegisterAsset', { asset: 'BTC', decimals: 8 })
  must('SetRiskModel', { underlying: 'BTC', ...usualModel })
  tellPrice({ asset: 'BTC' }, index)
  for (const expiry of expiries) {
    must('PublishForward', { underlying: 'BTC', expiry, price: String(index * 1.002) })
    must('PublishVolatility', { underlying: 'BTC', expiry, points: [{ strike: String(index), volatility: '0.6' }] })
  }
  for (const of of series)
    must('ListInstrument', { ...of, kind: 'option', settlementAsset: 'USD', underlying: 'BTC', lot: '0.01' })
  must('ListInstrument', {
    instrument: perpetual,
    kind: 'perpetual',
    settlementAsset: 'USD',
    underlying: 'BTC',
    lot: '0.01',
    margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
  })
  tellPrice({ instrument: perpetual }, index)
}

const name = (i: number): string => `a${i}`

const trade = (instrument: string, quantity: string, buyer: string, seller: string): void => {
  const price = book.instruments.get(instrument)?.price?.value
  if (price === undefined) throw new Error(`${instrument} has no price`)
  must('ClearTrade', { trade: `t${sent}`, instrument, quantity, price: format(price), buyer, seller })
}

/** Everybody deals with others, and then takes out what he needs not, but for a part of his margin. */
const people = (): void => {
  for (let i = 0; i < accounts; i += 1) {
    must('OpenAccount', { account: name(i), margin: 'portfolio' })
    must('Deposit', { account: name(i), asset: 'USD', amount: '1000000' })
  }
  for (let i = 0; i < accounts; i += 1)
    for (let n = 0; n < 3; n += 1) {
      const other = (i + 1 + Math.floor(draw() * (accounts - 1))) % accounts
      const [buyer, seller] = draw() < 0.5 ? [name(i), name(other)] : [name(other), name(i)]
      const size = (0.01 * Math.ceil(draw() * 100)).toFixed(2)
      trade(n === 2 ? perpetual : oneOf(series).instrument, size, buyer, seller)
    }
  for (let i = 0; i < accounts; i += 1) {
    const account = book.accounts.get(name(i))
    if (account === undefined) continue
    const { worst, initial } = healthOf(book, account)
    const spare = floor(subtract(worst, multiply(initial, add(decimal('1.05'), decimal(draw().toFixed(6))))), 6)
    if (isPositive(spare)) void ask('Withdraw', { account: name(i), asset: 'USD', amount: format(spare) })
  }
}

const judgements = (): number => book.standing.judged.from + book.standing.judged.ids.length
const cpu_us = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

const walked = () => {
  let at = index
  const tick = { index: { touched: 0, us: 0 }, perpetual: { touched: 0, us: 0 } }
  const measured = (of: { touched: number; us: number }, work: () => void): void => {
    const [before, from] = [judgements(), cpu_us()]
    work()
    of.touched += judgements() - before
    of.us += cpu_us() - from
  }
  for (let i = 0; i < ticks; i += 1) {
    now += 1000
    at *= draw() < 0.5 ? 1 + step : 1 - step
    measured(tick.index, () => tellPrice({ asset: 'BTC' }, at))
    measured(tick.perpetual, () => tellPrice({ instrument: perpetual }, at))
  }
  return tick
}

/** What a look at everybody costs, once the index has moved. */
const everybody_us = (): number => {
  tellPrice({ asset: 'BTC' }, index)
  const from = cpu_us()
  for (const account of book.accounts.values()) void healthOf(book, account)
  return cpu_us() - from
}

setUp()
people()
const tick = walked()
const all = everybody_us()
console.log(`${accounts} portfolios of ${series.length} series and a perpetual, ${ticks} ticks of ${values.bp} bp`)
for (const [what, { touched, us }] of Object.entries(tick))
  console.log(
    `a tick of the ${what}: ${(touched / ticks).toFixed(1)} accounts touched, ${((100 * touched) / ticks / accounts).toFixed(2)} % of all; ${(us / ticks).toFixed(0)} us, a look at everybody ${all.toFixed(0)} us: ${(all / (us / ticks)).toFixed(0)}`,
  )
