import type { LedgerEvent } from '@novation/events'
import { alone, btcPerp, type Sent } from '@novation/platform/kit'
import { type Appetite, marketKeeper } from './market-keeper'

const keptBy =
  (bidder: string) =>
  (appetite: Appetite, ...wishes: readonly Sent[]): readonly LedgerEvent[] =>
    alone((book) => marketKeeper(book, bidder, appetite))(...wishes)

/** What happens when these are sent and kate keeps the market. */
const after = keptBy('kate')

const at = (second: number, type: Sent[0], data: object, actor = 'operator'): Sent => [type, data, actor, second]
const tick = (second: number, price: string): Sent => at(second, 'PublishPrice', { instrument: 'BTC-PERP', price })
const account = (name: string, amount: string): readonly Sent[] => [
  at(0, 'OpenAccount', { account: name }),
  at(0, 'Deposit', { account: name, asset: 'USD', amount }),
]

/** Auctions run while prices last: here that is long. */
const lasting: Sent = at(0, 'SetPoolParameters', { priceTolerance_s: 10_000, wear_s: 10_000 })

/** alice is long 10 at 1000 with 1000 of her own: at 940 she has 400 left, and needs 470. kate has what is given. */
const market = (kate: string): readonly Sent[] => [
  at(0, 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }),
  at(0, 'ListInstrument', btcPerp),
  at(0, 'SetPoolParameters', { deviation: '10' }),
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
    expect(bid('1410')).toBe('1')
    expect(bid('1409')).toBe('0.5')
    expect(bids(after(patient, ...market('704'), ...fall, tick(90, '940')))).toEqual([])
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

  it('does not bid on what it may be worth while a price of what it holds is stale: only on what it is at the worst', () => {
    const own: readonly Sent[] = [
      at(0, 'RegisterAsset', { asset: 'ETH', decimals: 2 }),
      at(0, 'PublishPrice', { asset: 'ETH', price: '100' }),
      at(0, 'Deposit', { account: 'kate', asset: 'ETH', amount: '1' }),
    ]
    // It wants 1.5 x 940 for half of alice; 9000 are beyond that whatever its coin is worth, 650 with the coin at a price.
    const late = [tick(60, '940'), start(60), tick(150, '940')]
    expect(fills(after(patient, ...market('9000'), ...own, ...late))).toEqual(['2020-03-12T10:02:30.000Z'])
    expect(bids(after(patient, ...market('650'), ...own, ...late))).toEqual([])
    const fresh: Sent = at(151, 'PublishPrice', { asset: 'ETH', price: '100' })
    expect(fills(after(patient, ...market('650'), ...own, ...late, fresh))).toEqual(['2020-03-12T10:02:31.000Z'])
  })
})

describe('what an auction offers by now', () => {
  const terms = (auction: object): Sent => at(0, 'SetPoolParameters', { liquidation: { auction } })
  /** Whether kate, who wants so much, bids when the price comes at this second, an auction having begun at the first. */
  const bidsAt = (offer: number, second: number, price: string, ...more: readonly Sent[]): boolean => {
    const events = after(
      { offer, reserve: '1' },
      ...market('20000'),
      lasting,
      ...more,
      at(0, 'FundInsurance', { asset: 'USD', amount: '2000' }),
      tick(1, price),
      start(1),
      tick(second, price),
    )
    return bids(events).length > 0
  }

  it('rises from 0.02 to 0.3 of the value in the first 300 seconds', () => {
    expect([150, 151].map((second) => bidsAt(0.16, second, '940'))).toEqual([false, true])
    expect([300, 301].map((second) => bidsAt(0.3, second, '940'))).toEqual([false, true])
  })

  it('rises towards all of it in the 1800 seconds after those', () => {
    expect([1200, 1201].map((second) => bidsAt(0.65, second, '940'))).toEqual([false, true])
    expect([2075, 2076].map((second) => bidsAt(0.99, second, '940'))).toEqual([false, true])
  })

  it('is a part of the premium where the account is below zero, all of it after 600 seconds', () =>
    expect([60, 62].map((second) => bidsAt(0.1, second, '890'))).toEqual([false, true]))

  it('rises within the second, where a stage lasts one', () => {
    const short = terms({ fastSeconds: 1, slowSeconds: 1, insolventSeconds: 1 })
    expect([1.4, 1.5].map((second) => bidsAt(0.16, second, '940', short))).toEqual([false, true])
    expect([2.4, 2.5].map((second) => bidsAt(0.65, second, '940', short))).toEqual([false, true])
    expect([1.4, 1.5].map((second) => bidsAt(0.5, second, '890', short))).toEqual([false, true])
  })
})

describe('whether a bid would be heard', () => {
  const want: Appetite = { offer: 0.1, reserve: '1' }

  it('asks for no fund where the account is solvent, however little is left of it', () =>
    expect(fills(after(want, ...market('9000'), tick(1, '901'), start(1), tick(100, '901')))).toHaveLength(1))

  it('goes on by the clock of the auction where the account has fallen below zero meanwhile', () => {
    const fund = at(0, 'FundInsurance', { asset: 'USD', amount: '2000' })
    const turned = [...market('9000'), fund, tick(1, '940'), start(1), tick(50, '890')]
    expect(bids(after(want, ...turned))).toEqual([])
    expect(fills(after(want, ...turned, tick(62, '890')))).toEqual(['2020-03-12T10:01:02.000Z'])
  })

  it('wants the fund to hold something for who takes an account that is below zero', () => {
    const bankrupt = [tick(1, '890'), start(1), tick(60, '890'), tick(151, '890')]
    const fund = (amount: string, tranche: string) => at(0, 'FundInsurance', { asset: 'USD', amount, tranche })
    const with_ = (...funds: readonly Sent[]) => bids(after(want, ...market('9000'), ...funds, ...bankrupt)).length
    expect(with_()).toBe(0)
    expect(with_(fund('1000', 'skin-in-the-game'))).toBe(0)
    expect(with_(fund('0.01', 'fund'))).toBeGreaterThan(0)
  })
})

describe('several auctions', () => {
  const buyer = (name: string, amount = '1000', quantity = '10'): readonly Sent[] => [
    ...account(name, amount),
    at(0, 'ClearTrade', { trade: name, instrument: 'BTC-PERP', buyer: name, seller: 'bob', quantity, price: '1000' }),
  ]
  const begin = (second: number, name: string): Sent => at(second, 'StartLiquidation', { account: name }, 'liquidator')
  const kept = (bidder: string, capital: string): readonly Sent[] => [
    at(0, 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }),
    at(0, 'ListInstrument', btcPerp),
    at(0, 'SetPoolParameters', { deviation: '10' }),
    ...account('bob', '50000'),
    ...account(bidder, capital),
    tick(0, '1000'),
  ]
  const taken = (events: readonly LedgerEvent[]) =>
    events.flatMap((event) => (event.type === 'Liquidated' ? [event.data.account] : []))
  const want: Appetite = { offer: 0.1, reserve: '1' }

  it('are bid for one after the other by whoever can carry them, and the last fill is a reason to look again', () => {
    const three = [tick(1, '940'), begin(1, 'zed'), begin(2, 'bea'), begin(2, 'amy'), tick(90, '940')]
    const by = (bidder: string) =>
      taken(keptBy(bidder)(want, ...kept(bidder, '20000'), ...buyer('amy'), ...buyer('bea'), ...buyer('zed'), ...three))
    // Oldest first, then by id: zed, amy, bea. Each name begins at a place of its own: 420, 421 and 422 among three.
    expect(by('katd')).toEqual(['zed', 'amy', 'bea'])
    expect(by('kate')).toEqual(['amy', 'bea', 'zed'])
    expect(by('katf')).toEqual(['bea', 'zed', 'amy'])
  })

  it('are passed over one by one until there is one that it can carry', () => {
    const both = [tick(1, '940'), begin(1, 'amy'), begin(2, 'bea'), tick(90, '940')]
    // Of ten not even half: 470 of initial margin, where one takes 94.
    const by = (bidder: string, ...buyers: readonly Sent[]) =>
      taken(keptBy(bidder)(want, ...kept(bidder, '400'), ...buyers, ...both))
    expect(by('katd', ...buyer('amy'), ...buyer('bea', '100', '1'))).toEqual(['bea'])
    expect(by('kate', ...buyer('bea'), ...buyer('amy', '100', '1'))).toEqual(['amy'])
  })

  it('are no reason to look where somebody else fills one', () => {
    const carl = { liquidation: 'alice:1', bidder: 'carl', fraction: '0.1' }
    const events = after(
      want,
      ...market('1'),
      ...account('carl', '5000'),
      ...fall,
      tick(90, '940'),
      at(91, 'Deposit', { account: 'kate', asset: 'USD', amount: '9000' }),
      at(92, 'BidLiquidation', carl, 'keeper:carl'),
    )
    expect(fills(events)).toHaveLength(1)
    expect(bids(events)).toEqual([])
  })

  it('are over once it is the turn of the backstop', () => {
    const late = [tick(2102, '940'), at(2103, 'Deposit', { account: 'kate', asset: 'USD', amount: '9000' })]
    const events = after(want, ...market('1'), lasting, ...fall, ...late, tick(2104, '940'), tick(2140, '940'))
    expect(bids(events)).toEqual([])
  })
})

describe('who keeps the market', () => {
  it('has an account', () =>
    expect(bids(keptBy('nobody')(patient, ...market('9000'), ...fall, tick(90, '940')))).toEqual([]))

  it('does not bid while it is under liquidation itself', () => {
    const eth = (second: number, price: string) => at(second, 'PublishPrice', { instrument: 'ETH-PERP', price })
    const own: readonly Sent[] = [
      at(0, 'ListInstrument', { ...btcPerp, instrument: 'ETH-PERP' }),
      eth(0, '1000'),
      at(0, 'ClearTrade', {
        trade: 'own',
        instrument: 'ETH-PERP',
        buyer: 'kate',
        seller: 'bob',
        quantity: '10',
        price: '1000',
      }),
      eth(1, '940'),
      at(1, 'StartLiquidation', { account: 'kate' }, 'liquidator'),
    ]
    const careless: Appetite = { offer: 0.1, reserve: '0' }
    expect(bids(after(careless, ...market('1000'), ...own, ...fall, eth(90, '940'), tick(90, '940')))).toEqual([])
  })
})
