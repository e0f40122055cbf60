import { parseArgs } from 'node:util'
import { healthOf } from '@novation/clearing'
import { draws, houseOf, index, type Way } from './house'

/**
 * Whom a tick touches where accounts are margined as portfolios, and what it costs, by CPU, beside looking at everybody: an index walks by so many
 * basis points a tick, a second apart, and a perpetual follows it. Prices are told, or made of what three sources sign.
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

const cpu_us = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Tells of each kind of tick what one touches and costs, beside a look at everybody. */
const measure = (way: Way): void => {
  const { book, series, ticks: kinds } = houseOf(way, accounts)
  const judgements = (): number => book.standing.judged.from + book.standing.judged.ids.length
  const measured = new Map(Object.keys(kinds).map((kind) => [kind, { touched: 0, us: 0 }]))
  const draw = draws()
  let at = index
  for (let i = 0; i < ticks; i += 1) {
    at *= draw() < 0.5 ? 1 + step : 1 - step
    for (const [kind, tick] of Object.entries(kinds)) {
      const of = measured.get(kind)
      if (of === undefined) continue
      const [before, from] = [judgements(), cpu_us()]
      tick(at)
      of.touched += judgements() - before
      of.us += cpu_us() - from
    }
  }
  kinds.underlying(index)
  const from = cpu_us()
  for (const account of book.accounts.values()) void healthOf(book, account)
  const all_us = cpu_us() - from
  console.log(
    `${accounts} portfolios of ${series} series and a perpetual, prices ${way}, ${ticks} ticks of ${values.bp} bp`,
  )
  for (const [kind, { touched, us }] of measured)
    console.log(
      `a tick of the ${kind}: ${(touched / ticks).toFixed(1)} accounts touched, ${((100 * touched) / ticks / accounts).toFixed(2)} % of all; ${(us / ticks).toFixed(0)} us, a look at everybody ${all_us.toFixed(0)} us: ${(all_us / (us / ticks)).toFixed(0)}`,
    )
}

measure('told')
measure('signed')
