import type { LedgerEvent } from '@novation/events'
import { postingsHeader, postingsRows } from './postings-csv'

const event = (asset: string): LedgerEvent =>
  ({
    id: 'e-1',
    type: 'CollateralDeposited',
    pool: 'main',
    revision: 7,
    at: '2020-03-12T10:00:00.000Z',
    data: { account: 'alice', asset, amount: '5' },
    postings: [
      { account: 'custody', asset, amount: '-5' },
      { account: 'trader/alice', asset, amount: '5' },
    ],
    metadata: {
      commandId: 'c-1',
      correlationId: 'c-1',
      causationId: 'c-1',
      actor: 'operator',
      version: 1,
      decider: 1,
      previousHash: 'p',
      hash: 'h',
    },
  }) as unknown as LedgerEvent

describe('the postings for accountants', () => {
  it('are a row each, with revision, time, account, signed amount, command and hash', () => {
    expect(postingsRows(event('USD')).split('\r\n')).toEqual([
      '7,2020-03-12T10:00:00.000Z,CollateralDeposited,e-1,custody,USD,-5,operator,c-1,h',
      '7,2020-03-12T10:00:00.000Z,CollateralDeposited,e-1,trader/alice,USD,5,operator,c-1,h',
      '',
    ])
    expect(postingsHeader.trim().split(',')).toHaveLength(10)
  })

  it('never let a name pass for a formula', () => expect(postingsRows(event('-A1'))).toContain(",'-A1,"))

  it('are none for an event that moves nothing', () =>
    expect(postingsRows({ ...event('USD'), postings: [] } as LedgerEvent)).toBe(''))
})
