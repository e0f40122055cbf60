import { type Book, type Instrument, positionOf, process, trader } from '@novation/clearing'
import {
  abs,
  add,
  type Decimal,
  decimal,
  floor,
  format,
  greaterThan,
  max,
  multiply,
  negate,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import type { LedgerEvent, Posting } from '@novation/events'
import { reductions, valuationOf } from '@novation/risk'
import type { Parts } from '../mesh/parts'
import { ledgerWith } from './other-ledger'
import { decidedIn, writtenAs } from './other-rules'

type Settled = Extract<LedgerEvent, { type: 'ExpirySettled' }>

const finalPrice = ({ option }: Instrument, price: Decimal): Decimal => {
  if (option === undefined) return price
  return max(zero, option.optionType === 'call' ? subtract(price, option.strike) : subtract(option.strike, price))
}

/** Of the postings of an expiry those of one series: each account is paid for it alone, in whole units. */
const ofSeries = ({ data, postings }: Settled, instrument: Instrument, usd: string): readonly Posting[] => {
  const own = data.positions.filter((position) => position.instrument === instrument.id)
  const price = finalPrice(instrument, decimal(data.price))
  const amountOf = (account: string, asset: string): Decimal =>
    sum(
      postings.filter((each) => each.account === account && each.asset === asset).map(({ amount }) => decimal(amount)),
    )
  const counter = postings.find(({ account, asset }) => asset === instrument.id && !account.startsWith('trader/'))
  const lines: Posting[] = []
  const post = (account: string, asset: string, amount: Decimal): void => {
    if (format(amount) !== '0') lines.push({ account, asset, amount: format(amount) })
  }
  let worth = zero
  for (const { account, quantity } of own) {
    const name = positionOf(account, instrument.id)
    const cash = negate(amountOf(name, usd))
    const value = multiply(decimal(quantity), multiply(price, instrument.multiplier))
    const [brought, paid] = [add(cash, value), floor(add(cash, value), 2)]
    worth = add(worth, value)
    post(name, instrument.id, negate(decimal(quantity)))
    post(name, usd, negate(cash))
    post(trader(account), usd, paid)
    post('dust', usd, subtract(brought, paid))
  }
  if (counter !== undefined) {
    post(counter.account, instrument.id, amountOf(counter.account, instrument.id))
    post(counter.account, usd, negate(worth))
  }
  return lines
}

/** An expiry is settled series by series: between two of them an account stands without its hedge, and each is rounded by itself. */
export const seriesBySeries = writtenAs((pool, event) => {
  if (event.type !== 'ExpirySettled') return [event]
  const usd = pool.settlementAsset ?? ''
  const series = [...new Set(event.data.positions.map(({ instrument }) => instrument))]
  return series.flatMap((id, i) => {
    const instrument = pool.instruments.get(id)
    if (instrument === undefined) return []
    const { command: _, events: __, ...later } = event.metadata
    const positions = event.data.positions.filter((position) => position.instrument === id)
    const metadata = i === 0 ? event.metadata : later
    return [{ ...event, metadata, data: { ...event.data, positions }, postings: ofSeries(event, instrument, usd) }]
  })
})

type Losses = ReturnType<typeof reductions.worst>[number]['losses'][number]
type Line = Losses['alone']

/** A row of skew counts for what it moves, either way: |X - M|, where a gain should count for less than all, and a debt for more. */
const bySize = (losses: Losses): Losses => {
  const rows = losses.rows.map((line, r): Line => {
    if (line.binding.kind !== 'row' || !line.binding.volatility.startsWith('skew')) return line
    const moves = losses.book.expiries.map(({ now, rows: values }) => abs(subtract(values[r] ?? zero, now)))
    return { ...line, loss: multiply(line.binding.weight, sum(moves)) }
  })
  const none: Line = { ...losses.alone, loss: zero }
  const alone = [...rows, losses.basis, losses.minimum].reduce(
    (worst, line) => (greaterThan(line.loss, worst.loss) ? line : worst),
    none,
  )
  return { ...losses, rows, alone }
}

/** A row of skew counts for what it moves, either way, wherever something is decided. */
export const skewByItsSize: Parts = ledgerWith({
  process: (book, command, clock) => {
    const right = reductions.worst
    reductions.worst = (books, side) =>
      right(books, side).map((scanned) => {
        const losses = scanned.losses.map(bySize)
        return { ...scanned, losses, alone: sum(losses.map(({ alone }) => alone.loss)) }
      })
    try {
      return process(book, command, clock)
    } finally {
      reductions.worst = right
    }
  },
})

/** Every option is marked as of so late. */
const markedAt = (book: Book, clock: number): void => {
  const { risk } = book
  for (const [underlying, valuations] of [...(risk?.valuations ?? [])]) {
    const { inputs, model, stepsInForce } = valuations.last
    const asOf_ms = Math.min(clock, ...[...inputs.expiries.keys()].map((expiry) => expiry - 1000))
    const last = valuationOf(underlying, { ...inputs, asOf_ms: Math.max(asOf_ms, inputs.asOf_ms) }, model, stepsInForce)
    for (const instrument of book.instruments.values()) {
      const { id, option, expiry, price, fixed } = instrument
      if (instrument.underlying !== underlying || option === undefined || expiry === undefined || fixed) continue
      const value = last.mark({ id, underlying, expiry_ms: expiry, ...option })
      if (price !== undefined && value !== undefined) book.set(instrument, 'price', { ...price, value })
    }
  }
}

/** An option decays with the clock, though nobody has told anything of its market. */
export const clockInAMark = decidedIn((book, _, clock) => markedAt(book, clock))
