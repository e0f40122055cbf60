import { emptyPool } from '@novation/clearing'
import { type Command, formatTime, type LedgerEvent } from '@novation/events'
import { advance, hostReactor, startMesh } from '@novation/platform'
import { serviceReactors } from '../run/reactors'
import { desk } from './desk'

const start = Date.parse('2020-03-12T10:00:00Z')
const traders = Array.from({ length: 40 }, (_, i) => `trader-${String(i + 1).padStart(4, '0')}`)

/** Forty traders are called at once, and half an hour passes with the price where it is. */
const calledAtOnce = (): readonly LedgerEvent[] => {
  const book = emptyPool('main')
  const mesh = startMesh(book, [...serviceReactors(book), hostReactor(desk(book, 60), 'main')])
  const events: LedgerEvent[] = []
  let n = 0
  const ask = (minute: number, type: string, data: object): void => {
    n += 1
    const command = { id: `c-${n}`, type, pool: 'main', actor: 'operator', data } as Command
    events.push(...advance(mesh, command, start + minute * 60_000, 1_000).events)
  }
  const price = (minute: number, to: string): void => ask(minute, 'PublishPrice', { instrument: 'BTC-PERP', price: to })
  const open = (account: string, amount: string): void => {
    ask(0, 'OpenAccount', { account })
    ask(0, 'Deposit', { account, asset: 'USD', amount })
  }
  ask(0, 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true })
  const tiers = [{ initial: '0.1', maintenance: '0.05' }]
  ask(0, 'ListInstrument', {
    instrument: 'BTC-PERP',
    kind: 'perpetual',
    settlementAsset: 'USD',
    lot: '0.001',
    margin: { model: 'tiered', tiers },
  })
  ask(0, 'SetPoolParameters', { deviation: '10' })
  price(0, '1000')
  for (const maker of ['maker-1', 'maker-2', 'maker-3', 'maker-4']) open(maker, '100000')
  for (const account of traders) {
    open(account, '110')
    ask(0, 'ClearTrade', {
      trade: `t-${account}`,
      instrument: 'BTC-PERP',
      buyer: account,
      seller: 'maker-1',
      quantity: '1',
      price: '1000',
    })
  }
  for (let minute = 1; minute <= 30; minute += 1) price(minute, '980')
  return events
}

describe('the desk of the demo', () => {
  const events = calledAtOnce()
  const own = events.filter(({ metadata }) => metadata.actor === 'venue:desk')
  const called = (minute: number): string => formatTime(start + minute * 60_000)

  it('answers some calls with money and some with a smaller position, and some not at all', () => {
    expect(events.filter(({ type }) => type === 'MarginCall')).toHaveLength(40)
    const deposits = own.filter(({ type }) => type === 'CollateralDeposited').length
    const trades = own.filter(({ type }) => type === 'TradeCleared').length
    expect(deposits).toBeGreaterThan(5)
    expect(trades).toBeGreaterThan(3)
    expect(deposits + trades).toBeLessThan(30)
    expect(own.filter(({ type }) => type === 'CommandRejected')).toEqual([])
    expect(events.filter(({ type }) => type === 'MarginCallMet')).toHaveLength(deposits + trades)
  })

  it('takes its time: no answer comes with the call, none after twenty minutes', () => {
    expect(own.every(({ at }) => at > called(1) && at <= called(21))).toBe(true)
    expect(new Set(own.map(({ at }) => at)).size).toBeGreaterThan(5)
  })

  it('puts in what is lacking and half as much again', () => {
    for (const event of own)
      if (event.type === 'CollateralDeposited') expect(event.data).toMatchObject({ asset: 'USD', amount: '12' })
  })
})
