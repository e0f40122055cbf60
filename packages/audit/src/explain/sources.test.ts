import type { LedgerEvent } from '@novation/events'
import { newTrail } from './sources'

const event = (revision: number, amount: string, account = 'trader/alice'): LedgerEvent =>
  ({
    revision,
    type: 'CollateralDeposited',
    data: {},
    postings: [{ account, asset: 'USD', amount }],
  }) as unknown as LedgerEvent

describe('where a figure comes from', () => {
  it('is every event since the balance was last nothing', () => {
    const trail = newTrail('alice')
    for (const [i, amount] of ['5', '-2', '-3', '4', '1'].entries()) trail.note(event(i, amount))
    expect(trail.balance('trader/alice', 'USD')).toMatchObject({ count: 2, events: [{ revision: 3 }, { revision: 4 }] })
  })

  it('is of the account alone, and of what it holds', () => {
    const trail = newTrail('alice')
    trail.note(event(0, '5', 'trader/alice2'))
    trail.note(event(1, '5', 'trader/alice/BTC-PERP'))
    expect(trail.balance('trader/alice2', 'USD').count).toBe(0)
    expect(trail.balance('trader/alice/BTC-PERP', 'USD').count).toBe(1)
  })

  it('names the last fifty, and counts all', () => {
    const trail = newTrail('alice')
    for (let i = 0; i < 60; i += 1) trail.note(event(i, '1'))
    const { count, events } = trail.balance('trader/alice', 'USD')
    expect([count, events.length, events[0]?.revision, events.at(-1)?.revision]).toEqual([60, 50, 10, 59])
  })
})
