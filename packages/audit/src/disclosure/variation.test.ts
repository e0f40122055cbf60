import { decimal, format } from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import { realisedBy, variationPaid } from './variation'

const worth = (figures: Readonly<Record<string, string>>) =>
  new Map(Object.entries(figures).map(([account, amount]) => [account, decimal(amount)] as const))

describe('the variation margin of a day', () => {
  it('is what those paid who lost, realised or not, and nothing of what others won', () => {
    // alice 5 -> 2; bob -4 -> 3; carol lost 6 and realised 4 of it; dora opened and stands at -1
    const before = worth({ alice: '5', bob: '-4', carol: '10' })
    const after = worth({ alice: '2', bob: '3', carol: '8', dora: '-1' })
    expect(format(variationPaid(before, after, worth({ carol: '-4' })))).toBe('10')
  })

  it('is made of what a position realised as it was reduced, and as it was closed', () => {
    const event = (type: string) => ({ type, data: { account: 'alice', realised: '-7' } }) as unknown as LedgerEvent
    for (const type of ['PositionReduced', 'PositionClosed'])
      expect(realisedBy(event(type), 'USD').map(([account, amount]) => [account, format(amount)])).toEqual([
        ['alice', '-7'],
      ])
    expect(realisedBy(event('PositionOpened'), 'USD')).toEqual([])
  })
})
