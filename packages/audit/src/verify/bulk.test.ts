import type { Stored } from '@novation/events'
import { calm, type Line, runLines, storedOf } from '../test-world'
import { verify } from './verify'

/** So many accounts hold a position that its settlement takes more than one append, once nobody tells its price any more. */
const crowd = Array.from({ length: 130 }, (_, i) => `t${i}`)
const lines: readonly Line[] = [
  ...calm,
  [10, 'SetPoolParameters', { size: { floor: '1000000' } }],
  ...crowd.flatMap((account): readonly Line[] => [
    [11, 'OpenAccount', { account }, 'venue'],
    [11, 'Deposit', { account, asset: 'USD', amount: '1000' }, 'venue'],
    [
      12,
      'ClearTrade',
      { trade: account, instrument: 'BTC-PERP', buyer: account, seller: 'kim', quantity: '1', price: '1000' },
      'venue',
    ],
  ]),
  [1300, 'SettleInstrument', { instrument: 'BTC-PERP', price: '1010' }],
]
const events = runLines(lines)
const ledger = storedOf(events)
const firstOf = (type: string): number => events.findIndex((event) => event.type === type)
const verified = (history: readonly Stored[]) => verify(history, { pool: 'main' })

describe('the verification of bulk work', () => {
  it('decides each part of it again, as the state alone has it', async () => {
    expect(events.filter(({ type }) => type === 'InstrumentSettled').length).toBeGreaterThan(1)
    expect(await verified(ledger)).toMatchObject({ sound: true, complete: true, revision: ledger.length - 1 })
  })

  it('says of a ledger that stopped in the middle of it that it is in progress, which is no fault', async () => {
    const report = await verified(ledger.slice(0, firstOf('InstrumentSettled')))
    expect(report).toMatchObject({ sound: true, inProgress: expect.stringContaining('settlement') })
  })

  it('finds a part left out', async () => {
    const at = firstOf('InstrumentSettled')
    const report = await verified(ledger.filter((_, index) => index !== at))
    expect(report.firstBroken).toEqual({ revision: at, checks: ['order'] })
  })
})
