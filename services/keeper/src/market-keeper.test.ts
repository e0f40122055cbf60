import type { LedgerEvent } from '@novation/events'
import { alone, btcPerp, type Sent } from '@novation/platform/kit'
import { type Appetite, marketKeeper } from './market-keeper'

/** What happens when these are sent and kate keeps the market. */
const after = (appetite: Appetite, ...wishes: readonly Sent[]): readonly LedgerEvent[] =>
  alone((book) => marketKeeper(book, 'kate', appetite))(...wishes)

const at = (second: number, type: Sent[0], data: object, actor = 'operator'): Sent => [type, data, actor, second]
const tick = (second: number, price: string): Sent => at(second, 'PublishPrice', { instrument: 'BTC-PERP', price })
const account = (name: string, amount: string): readonly Sent[] => [
  at(0, 'OpenAccount', { account: name }),
  at(0, 'Deposit', { account: name, asset: 'USD', amount }),
]

/** alice is long 10 at 1000 with 1000 of her own: at 940 she has 400 left, and needs 470. kate has what is given. */
const market = (kate: string): readonly Sent[] => [
  at(0, 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }),
  at(0, 'ListInstrument', btcPerp),
  ...account('alice', '1000'),
  ...account('bob', '5000'),
  ...account('kate', kate),
  tick(0, '1000'),
  at(0, 'ClearTrade', {
    trade: 't',
    instrument: 'BTC-PERP',
    buyer: 'alice',
    seller: 'bob',
    quantity: '10',
    price: '1000',
  }),
]

const start = (second: number): Sent => at(second, 'StartLiquidation', { account: 'alice' }, 'liquidator')
const bids = (events: readonly LedgerEvent[]) => events.filter(({ metadata: { actor } }) => actor === 'keeper:kate')
const fills = (events: readonly LedgerEvent[]) => events.filter(({ type }) => type === 'Liquidated').map(({ at }) => at)

// The auction offers 0.02 at its start and 0.28 more over its first 300 seconds: a tenth after 86.
const patient: Appetite = { offer: 0.1, reserve: '1.5' }
const fall = [tick(1, '940'), start(1)]

describe('a keeper of the market', () => {
  it('waits until the auction offers what it wants, and bids at the next price', () => {
    const early = [...market('9000'), ...fall, tick(30, '940'), tick(60, '940'), tick(86, '940')]
    expect(bids(after(patient, ...early))).toEqual([])
    expect(fills(after(patient, ...early, tick(90, '940')))).toEqual(['2020-03-12T10:01:30.000Z'])
  })

  it('does not bid because of what others do in between', () => {
    const deposit: Sent = at(100, 'Deposit', { account: 'bob', asset: 'USD', amount: '1' })
    expect(bids(after(patient, ...market('9000'), ...fall, deposit))).toEqual([])
  })

  it('bids for a part where the whole would eat into its reserve, and for none where a part would', () => {
    const bid = (kate: string) =>
      bids(after(patient, ...market(kate), ...fall, tick(60, '940'), tick(90, '940'))).flatMap(
        ({ metadata: { command } }) => (command?.type === 'BidLiquidation' ? [command.data.fraction] : []),
      )[0]
    // The whole needs 940 of initial margin, so a reserve of 1.5 times that.
    expect(bid('1411')).toBe('1')
    expect(bid('1409')).toBe('0.5')
    expect(bid('704')).toBeUndefined()
  })

  it('leaves alone who is not in breach any more, until it is again', () => {
    const back = [...market('9000'), ...fall, tick(60, '950'), tick(90, '955')]
    expect(bids(after(patient, ...back))).toEqual([])
    expect(fills(after(patient, ...back, tick(100, '940')))).toHaveLength(1)
  })

  it('does not bid for an insolvent account that nobody can pay for, and does where the fund can', () => {
    const bankrupt = [tick(1, '890'), start(1), tick(100, '890'), tick(200, '890')]
    expect(bids(after(patient, ...market('9000'), ...bankrupt))).toEqual([])
    const fund: Sent = at(0, 'FundInsurance', { asset: 'USD', amount: '500' })
    expect(fills(after(patient, ...market('9000'), fund, ...bankrupt))).toEqual(['2020-03-12T10:01:40.000Z'])
  })

  it('does not bid while a price that its own margin depends on is stale', () => {
    const own: readonly Sent[] = [
      at(0, 'RegisterAsset', { asset: 'ETH', decimals: 2 }),
      at(0, 'PublishPrice', { asset: 'ETH', price: '100' }),
      at(0, 'Deposit', { account: 'kate', asset: 'ETH', amount: '1' }),
    ]
    const late = [tick(60, '940'), start(60), tick(150, '940')]
    expect(bids(after(patient, ...market('9000'), ...own, ...late))).toEqual([])
    const fresh: Sent = at(151, 'PublishPrice', { asset: 'ETH', price: '100' })
    expect(fills(after(patient, ...market('9000'), ...own, ...late, fresh))).toEqual(['2020-03-12T10:02:31.000Z'])
  })
})
