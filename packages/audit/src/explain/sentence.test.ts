import type { LedgerEvent } from '@novation/events'
import { sentenceOf } from './sentence'

const told = (type: string, data: object, account?: string): string =>
  sentenceOf({ type, data, metadata: {} } as unknown as LedgerEvent, account)

describe('what happened, in a sentence', () => {
  it('tells bulk work from its beginning to its end', () => {
    const bulk = { what: 'settlement', bulk: 'settle:X', accounts: 130 }
    expect(told('BulkStarted', bulk)).toBe('the settlement of 130 accounts begins as settle:X')
    expect(told('BulkEnded', bulk)).toBe('the settlement settle:X is done for 130 accounts')
  })

  it('tells of a loss and of a settlement what they were for one account, and nothing of others', () => {
    const loss = {
      loss: '5',
      profits: '9',
      uncovered: '0',
      taken: [{ account: 'a', amount: '2' }],
      given: [{ account: 'b', amount: '3' }],
    }
    const said = 'a loss of 5 is socialised over profits of 9: 1 accounts are cut, 1 debts paid; 0 is left uncovered'
    expect([undefined, 'a', 'b', 'c'].map((account) => told('LossSocialized', loss, account))).toEqual([
      said,
      `${said}; a loses 2 of its profit`,
      `${said}; 3 of the debt of b is paid`,
      said,
    ])
    const settled = { instrument: 'X', price: '7', positions: [{ account: 'a', realised: '4' }] }
    expect([undefined, 'a', 'b'].map((account) => told('InstrumentSettled', settled, account))).toEqual([
      'X is settled at 7, 1 positions',
      'X is settled at 7, 1 positions; a realises 4',
      'X is settled at 7, 1 positions',
    ])
  })
})
