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
      taken: [
        { account: 'a', amount: '1.5', instrument: 'X' },
        { account: 'a', amount: '0.5' },
      ],
      given: [{ account: 'b', amount: '3' }],
    }
    const said = 'a loss of 5 is socialised over profits of 9: 1 accounts are cut, 1 debts paid; 0 is left uncovered'
    expect([undefined, 'a', 'b', 'c'].map((account) => told('LossSocialized', loss, account))).toEqual([
      said,
      `${said}; a loses 1.5 of its profit in X and 0.5 of its profit`,
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

  it('tells what an owner must have signed, how far an order is filled, and that it was taken back', () => {
    const opened = { account: 'a', margin: 'cross' }
    expect(
      [undefined, 'venue', 'withdrawals', 'orders'].map((consent) => told('AccountOpened', { ...opened, consent })),
    ).toEqual([
      'account a is opened, cross margin',
      'account a is opened, cross margin',
      'account a is opened, cross margin; nothing leaves it without a key of its owner',
      'account a is opened, cross margin; nothing leaves or is traded in it without a key of its owner',
    ])
    const trade = { trade: 't', buyer: 'a', seller: 'b', quantity: '1', instrument: 'X', price: '7' }
    expect(told('TradeCleared', { ...trade, fills: [{ account: 'a', order: 'o', filled: '3' }] })).toBe(
      'trade t: a buys 1 X from b at 7; of order o of a 3 are filled',
    )
    expect(told('OrderCancelled', { account: 'a', order: 'o' })).toBe('a takes order o back')
    expect(told('OrderCancelled', { account: 'a', order: 'o', until: '2026-01-01T00:00:00.000Z' })).toBe(
      'a takes order o back, as far as it could be filled until 2026-01-01T00:00:00.000Z',
    )
  })

  it('names what is marked, an instrument or an asset', () => {
    expect(told('PriceTick', { instrument: 'BTC-PERP', price: '7' })).toBe('BTC-PERP is marked at 7')
    expect(told('PriceTick', { asset: 'ETH', price: '7' })).toBe('ETH is marked at 7')
  })

  it('says in whose turn a position was closed out', () => {
    const closed = { quantity: '-2', instrument: 'X', account: 'a', price: '7', counterparty: 'b', share: '0' }
    const turns = [0, 1, 2, 3, 4].map((of) => told('Deleveraged', { ...closed, class: of, rank: 3 }))
    expect(turns.map((sentence) => sentence.replace('2 X of a are closed at 7 against b, ', ''))).toEqual([
      'who stands below the own line',
      'in place 3 of those in profit, for whom it is no hedge',
      'in place 3 of the others, for whom it is no hedge',
      'in place 3 of those in profit, for whom it is a hedge',
      'in place 3 of the others, for whom it is a hedge',
    ])
  })

  it('says at which end of what may have happened unseen a worth is meant, and what was missing', () => {
    const met = { account: 'a', equity: '5', initialMargin: '4' }
    expect(told('MarginCallMet', met)).toBe('the margin call of a is met: equity 5, initial margin 4')
    expect(told('MarginCallMet', { ...met, missing: ['X', 'Y'] })).toBe(
      'the margin call of a is met: equity at the worst, without a price of X, Y, 5, initial margin 4',
    )
  })
})
