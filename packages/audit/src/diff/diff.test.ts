import { add, decimal, format, zero } from '@novation/decimal'
import type { Place } from '../place'
import { crash, foldOf, runLines, storedOf } from '../test-world'
import { type Diff, diff } from './diff'

const events = runLines(crash)
const ledger = storedOf(events)
const tickAt = (price: string): number =>
  events.find(({ type, data }) => type === 'PriceTick' && data.price === price)?.revision ?? -1
const between = async (from: number, to: Place): Promise<Diff> => {
  const found = await diff(foldOf(events.slice(0, from + 1)), to, (revision) => ledger.slice(revision))
  if (found === undefined) throw new Error('interrupted by nobody')
  return found
}

describe('the difference between two states', () => {
  it('is made, balance by balance, of exactly the events that are named for it', async () => {
    for (const from of [-1, 12, 30]) {
      const { balances, positions, funds } = await between(from, { tag: 'end' })
      for (const { change, because } of [...balances, ...positions, ...funds])
        expect(format(because.events.reduce((sum, { amount = '0' }) => add(sum, decimal(amount)), zero))).toBe(change)
    }
  })

  it('names who stands elsewhere, and the tick that put them there', async () => {
    const { statuses, prices } = await between(tickAt('920') - 1, { tag: 'revision', revision: tickAt('920') + 1 })
    expect(statuses).toEqual([
      {
        account: 'alice',
        from: { status: 'healthy', equity: '1490', maintenanceMargin: '500' },
        to: { status: 'restricted', equity: '690', maintenanceMargin: '460' },
        because: { count: 1, events: [{ revision: tickAt('920') + 1, type: 'MarginCall' }] },
        prices: [{ name: 'BTC-PERP', because: { count: 1, events: [{ revision: tickAt('920'), type: 'PriceTick' }] } }],
      },
    ])
    expect(prices).toMatchObject([{ name: 'BTC-PERP', from: '1000', to: '920' }])
  })

  it('tells what the funds paid, and that the pool froze and thawed', async () => {
    const { funds, frozen } = await between(tickAt('780') - 1, { tag: 'revision', revision: tickAt('780') + 2 })
    expect(frozen).toMatchObject({ from: false, to: true, because: { count: 1 } })
    expect(funds).toEqual([])
    const later = await between(tickAt('780') - 1, { tag: 'end' })
    expect(later.funds.find(({ account }) => account === 'insurance')).toMatchObject({
      from: '502.56',
      to: '0',
      change: '-502.56',
      because: { events: [{ type: 'InsuranceDrawn', amount: '-502.56' }] },
    })
    expect(later.frozen).toBeUndefined()
  })

  it('of a state and itself is nothing', async () => {
    const same = await between(20, { tag: 'revision', revision: 20 })
    expect(same).toEqual({
      pool: 'main',
      from: 20,
      to: 20,
      events: 0,
      balances: [],
      positions: [],
      funds: [],
      statuses: [],
      prices: [],
    })
  })
})
