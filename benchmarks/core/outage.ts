import { nextDue } from '@novation/clearing'
import type { Row } from '../table/row'
import { say } from '../table/row'
import { start_ms } from './clock'
import { type Core, newCore } from './either-core'
import { line, numbersFrom } from './house'

const feeds = Array.from({ length: 10 }, (_, i) => `M${i}-PERP`)
const every_s = 1
const rounds = 1_200

/** So many traders with from a little more than their margin to two thirds of what they trade, evenly, each with three of ten instruments. */
const openHouse = (core: Core, traders: number): void => {
  const number = numbersFrom(7)
  const send = (...of: Parameters<typeof line>) => void core.decide(line(...of))
  send('RegisterAsset', { asset: 'USD', decimals: 2, settlement: true })
  for (const instrument of feeds) {
    const margin = { model: 'tiered', tiers: [{ initial: '0.05', maintenance: '0.03' }] }
    send('ListInstrument', { instrument, kind: 'perpetual', settlementAsset: 'USD', lot: '0.001', margin })
    send('PublishPrice', { instrument, price: '100' })
  }
  send('SetPoolParameters', { priceTolerance_s: 60, wear_s: 600 })
  send('FundInsurance', { asset: 'USD', amount: '1000000000000' })
  for (let i = 0; i < traders; i += 1) {
    send('OpenAccount', { account: `a${i}` })
    send('Deposit', { account: `a${i}`, asset: 'USD', amount: (3000 * (0.055 + 0.6 * number())).toFixed(2) })
  }
  for (let i = 0; i < traders; i += 2)
    for (const nth of [0, 1, 2]) {
      const instrument = feeds[(i / 2 + nth * 3) % feeds.length]
      const sides = { buyer: `a${i}`, seller: `a${i + 1}` }
      send('ClearTrade', { trade: `t${i}-${nth}`, instrument, ...sides, quantity: '10', price: '100' })
    }
}

/** What was judged a tick while prices go on for twenty minutes, of all or of all but some; nobody does anything about it. */
const judgedATick = (traders: number, away: ReadonlySet<string>): number => {
  const core = newCore()
  openHouse(core, traders)
  const number = numbersFrom(5)
  const now = new Map(feeds.map((id) => [id, 100]))
  const judged = (): number => core.pool().standing.judged.from + core.pool().standing.judged.ids.length
  const before = judged()
  let ticks = 0
  for (let round = 1; round <= rounds; round += 1) {
    const second = round * every_s
    for (
      let due = nextDue(core.pool());
      due !== undefined && due <= start_ms + second * 1000;
      due = nextDue(core.pool())
    )
      if (core.decide(line('PassTime', {}, (due - start_ms) / 1000, 'clock')).length === 0) break
    for (const id of feeds) {
      if (away.has(id)) continue
      const price = (now.get(id) ?? 100) * (1 + (number() - 0.5) * 0.006)
      now.set(id, price)
      void core.decide(line('PublishPrice', { instrument: id, price: price.toFixed(4) }, second))
      ticks += 1
    }
  }
  return (judged() - before) / ticks
}

/** What one feed of ten that is away costs those who hold it: each step of wear shakes them. */
export const measure = (accounts: readonly number[]): readonly Row[] =>
  accounts.map((traders) => {
    say(`an outage, ${traders} accounts`)
    return {
      id: `outage-judged-${traders}`,
      what: `accounts judged a tick while one feed of ten is away, ${traders.toLocaleString('en')} accounts`,
      figure: judgedATick(traders, new Set(feeds.slice(0, 1))),
      unit: '',
      baseline: { what: 'while none is', figure: judgedATick(traders, new Set()) },
      goal: { of: 'ratio', is: 'at least', value: 0.5 },
    }
  })
