import type { SeenEvent } from '@novation/client'
import { fillsOf } from './fills'

const taken = (liquidation: string, revision: number): SeenEvent =>
  ({
    type: 'Liquidated',
    revision,
    at: '2020-03-12T10:00:30.000Z',
    data: {
      liquidation,
      bidder: 'carol',
      closed: [{ instrument: 'BTC-PERP', quantity: '-1200' }],
      equity: '5',
      maintenanceMargin: '9',
    },
  }) as unknown as SeenEvent

describe('the fills of an auction', () => {
  it('are those of its liquidation alone: when, by whom, what, and how the account stood before', () => {
    const events = [
      taken('alice:1', 7),
      taken('alice:2', 9),
      { ...taken('alice:2', 10), type: 'AuctionTurned' } as SeenEvent,
    ]
    expect(fillsOf(events, 'alice:2', '2020-03-12T10:00:00.000Z')).toEqual([
      { revision: 9, seconds: 30, bidder: 'carol', what: '1,200 BTC-PERP', equity: '5', maintenanceMargin: '9' },
    ])
  })
})
