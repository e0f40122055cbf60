import {
  abs,
  add,
  atMost,
  type Decimal,
  decimal,
  format,
  integer,
  isPositive,
  multiply,
  one,
  subtract,
  unit,
  whole,
  zero,
} from '@novation/decimal'
import type { Offer } from '../fill'
import { defaultMarginFactors } from './check-model'
import { itemRequirements, meanGrowth, portfolioFillCost } from './fill'
import type { Holding, OptionHolding } from './holding'
import { houseModel } from './kit/house-model'
import { marketOf } from './kit/vectors'
import { portfolioRequirement } from './requirement'
import { type After, portfolioFraction, portfolioLots, portfolioUnhedged } from './sizing'
import { portfolioStress } from './stress'
import { valuationOf } from './valuation'

const expiry = { seconds: 2_592_000, forward: '64200', rate: '0.03', volatility: { '64000': '0.6', '80000': '0.65' } }
const valuation = valuationOf('BTC', marketOf('64000', [expiry]), houseModel())
const valuations = new Map([['BTC', valuation]])

const option = (quantity: string, strike = '80000', optionType: 'call' | 'put' = 'call'): OptionHolding => ({
  kind: 'option',
  id: `${strike}-${optionType}`,
  underlying: 'BTC',
  expiry_ms: 2_592_000_000,
  strike: decimal(strike),
  optionType,
  quantity: decimal(quantity),
})
const perpetual = (quantity: string | Decimal): Holding => ({
  kind: 'linear',
  id: 'BTC-PERP',
  underlying: 'BTC',
  quantity: typeof quantity === 'string' ? decimal(quantity) : quantity,
  mark: decimal('64010'),
})

const asked = (holdings: readonly Holding[]) =>
  portfolioRequirement(holdings, valuations, { ...defaultMarginFactors, places: 2 })
const marginOf = (holdings: readonly Holding[]): Decimal => asked(holdings).maintenance

const offerOf = (worth: Decimal, requirement: Decimal): Offer => ({
  worth,
  requirement,
  kept: zero,
  discount: whole(decimal('0.2')),
  promised: whole(zero),
  fee: zero,
  places: 2,
})

/** What stands of holdings whose worth is given, against a target of the requirement itself. */
const afterOf = (worth: Decimal, holdings: readonly Holding[]): After => {
  const { maintenance, exact } = asked(holdings)
  return { requirement: maintenance, exact, lacks: subtract(maintenance, worth) }
}

describe('a fill of a portfolio', () => {
  const offer = offerOf(decimal('800'), decimal('1000'))
  const fill = { grows: whole(one), notional: zero }

  it('is paid for what it removes: of a requirement of 1000 that falls to 400, three fifths of the worth', () =>
    expect(portfolioFillCost(offer, { ...fill, requirement: decimal('400') })).toEqual({
      auctioned: decimal('480'),
      promise: zero,
      pays: decimal('384'),
      charge: zero,
    }))

  it('that raises the requirement is none', () =>
    expect(portfolioFillCost(offer, { ...fill, requirement: decimal('1000.01') })).toBeUndefined())

  it('of what removes nothing costs nothing', () =>
    expect(portfolioFillCost(offer, { ...fill, requirement: decimal('1000') })?.pays).toEqual(zero))

  it('is promised by what of it is new risk to the bidder, by what each item requires', () => {
    const item = (required: string) => ({ held: integer(10), lot: one, unitValue: one, required: decimal(required) })
    const grows = meanGrowth([
      { item: item('300'), quantity: integer(10), grows: zero },
      { item: item('100'), quantity: integer(10), grows: integer(5) },
    ])
    const promising = { ...offer, promised: whole(decimal('0.1')) }
    expect(format(multiply(grows.numerator, integer(8)))).toBe(format(grows.denominator))
    expect(format(portfolioFillCost(promising, { ...fill, grows, requirement: zero })?.promise ?? one)).toBe('12.5')
    expect(meanGrowth([{ item: item('0'), quantity: one, grows: one }])).toEqual(whole(zero))
  })
})

describe('what an item requires', () => {
  it('is its contribution where that is above zero, and where none is, what it is worth', () => {
    const of = (...texts: readonly string[]): readonly Decimal[] => texts.map(decimal)
    expect(itemRequirements(of('5', '-2', '0'), of('1', '1', '1')).map(format)).toEqual(['5', '0', '0'])
    expect(itemRequirements(of('0', '-2'), of('-7', '3')).map(format)).toEqual(['7', '3'])
  })
})

describe('a bid for a fraction of a portfolio', () => {
  const held = [option('-2'), perpetual('0.5')]
  const requirement = marginOf(held)
  const lot = unit(1)
  const items = held.map((of) => ({
    held: of.kind === 'coin' ? zero : abs(of.quantity),
    lot,
    unitValue: integer(64_000),
    required: one,
  }))
  const left = (taken: readonly Decimal[]): readonly Holding[] => [
    { ...option('-2'), quantity: add(integer(-2), taken[0] ?? zero) },
    perpetual(subtract(decimal('0.5'), taken[1] ?? zero)),
  ]
  const sizing = (worth: Decimal) => ({
    offer: offerOf(worth, requirement),
    items,
    after: (taken: readonly Decimal[]) => afterOf(worth, left(taken)),
    dust: zero,
  })
  const taken = (worth: Decimal, asks = one): readonly string[] => portfolioFraction(sizing(worth), asks).map(format)

  it('takes the same share of each, up to a lot', () =>
    expect(taken(multiply(requirement, decimal('0.9')))).toEqual(['0.8', '0.2']))

  it('takes at most what is asked', () =>
    expect(taken(multiply(requirement, decimal('0.9')), decimal('0.1'))).toEqual(['0.2', '0.1']))

  it('takes everything where nothing is left, and where no part restores', () => {
    expect(taken(integer(-1))).toEqual(['2', '0.5'])
    expect(taken(zero)).toEqual(['2', '0.5'])
  })

  it('takes what would be left along where that is dust', () =>
    expect(
      portfolioFraction({ ...sizing(multiply(requirement, decimal('0.9'))), dust: integer(1_000_000) }, one).map(
        format,
      ),
    ).toEqual(['2', '0.5']))

  it('takes everything where whole lots would raise the requirement', () => {
    const coarse = items.map((item, i) => ({ ...item, lot: i === 0 ? integer(2) : lot }))
    const raising = (of: readonly Decimal[]): After => {
      const whole = of.every((quantity, i) => format(quantity) === format(coarse[i]?.held ?? zero))
      return { requirement: whole ? zero : add(requirement, one), exact: zero, lacks: zero }
    }
    const all = portfolioFraction({ ...sizing(requirement), items: coarse, after: raising }, one)
    expect(all.map(format)).toEqual(['2', '0.5'])
  })
})

describe('a bid on one position, or a hedge', () => {
  const naked = [option('-4')]
  const requirement = marginOf(naked)
  const worth = multiply(requirement, decimal('0.9'))
  const offer = offerOf(worth, requirement)
  const lot = unit(2)
  const hedged = (quantity: Decimal, of = worth): After => afterOf(of, [option('-4'), perpetual(quantity)])
  const closed = (quantity: Decimal): After =>
    afterOf(worth, [{ ...option('-4'), quantity: add(integer(-4), quantity) }])

  it('takes the fewest lots that restore the account', () => {
    const quantity = portfolioLots({ offer, lot, unitValue: integer(64_000), after: closed }, integer(4))
    const stands = (of: Decimal): boolean => {
      const { lacks, requirement: left } = closed(of)
      const pays = portfolioFillCost(offer, { requirement: left, grows: whole(one), notional: zero })?.pays ?? zero
      return atMost(add(lacks, pays), zero)
    }
    expect(isPositive(quantity)).toBe(true)
    expect([stands(quantity), stands(subtract(quantity, lot))]).toEqual([true, false])
  })

  it('of a hedge deals in the perpetual first: as much as lowers the requirement, and no more', () => {
    const poor = offerOf(zero, requirement)
    const after = (of: Decimal): After => hedged(of, zero)
    const quantity = portfolioLots({ offer: poor, lot, unitValue: integer(64_000), after }, integer(100))
    const exact = (of: Decimal): Decimal => hedged(of).exact
    expect(isPositive(quantity)).toBe(true)
    expect(atMost(exact(quantity), exact(add(quantity, lot)))).toBe(true)
    expect(atMost(exact(quantity), exact(subtract(quantity, lot)))).toBe(true)
  })

  it('is at most what is asked, and nothing where it lowers nothing', () => {
    const sold = (quantity: Decimal): After => hedged(subtract(zero, quantity))
    expect(format(portfolioLots({ offer, lot, unitValue: one, after: hedged }, lot))).toBe('0.01')
    expect(format(portfolioLots({ offer, lot, unitValue: one, after: sold }, integer(4)))).toBe('0')
    expect(format(portfolioLots({ offer, lot, unitValue: one, after: hedged }, zero))).toBe('0')
  })
})

describe('what of a position is no hedge', () => {
  const held = [option('-4', '64000'), perpetual('2')]
  const margin = marginOf(held)
  const [short = zero, long = zero] = asked(held).contributions()
  const position = (contribution: Decimal) => ({ held: integer(4), lot: unit(2), contribution })

  it('is nothing of a leg that takes off from the requirement', () =>
    expect(format(portfolioUnhedged(position(long), margin, () => zero))).toBe('0'))

  it('is as much as leaves the margin no larger', () => {
    const after = (closed: Decimal): Decimal =>
      marginOf([{ ...option('-4', '64000'), quantity: add(integer(-4), closed) }, perpetual('2')])
    const most = portfolioUnhedged(position(short), margin, after)
    expect(atMost(after(most), margin)).toBe(true)
    expect([format(most) === '4', atMost(after(add(most, unit(2))), margin)]).toEqual([false, false])
  })

  it('is all of it where its account is asked no more without it', () =>
    expect(format(portfolioUnhedged(position(short), margin, () => margin))).toBe('4'))
})

describe('the stress of a portfolio', () => {
  const gaps = new Map([['BTC', decimal('0.3')]])
  const stress = (...holdings: readonly Holding[]): string => format(portfolioStress(holdings, valuations, gaps))

  it('is what the worse of two jumps costs, each position by its mark then', () => {
    expect(stress(perpetual('2'))).toBe('38406')
    expect(stress(perpetual('-2'))).toBe('38406')
    expect(stress(perpetual('2'), perpetual('-2'))).toBe('0')
  })

  it('of an option bought is at most what it is worth', () => {
    const mark = valuation.mark(option('1')) ?? zero
    expect(atMost(decimal(stress(option('1'))), mark)).toBe(true)
    expect(atMost(mark, decimal(stress(option('-1'))))).toBe(true)
  })

  it('counts coins at their worst, less their cut', () =>
    expect(
      stress({
        kind: 'coin',
        id: 'BTC',
        underlying: 'BTC',
        best: integer(1000),
        worst: integer(500),
        cut: decimal('0.1'),
      }),
    ).toBe('135'))

  it('needs a gap', () => expect(() => portfolioStress([perpetual('1')], valuations, new Map())).toThrow(RangeError))
})
