import { decimal, multiply } from '@novation/decimal'
import { defaultMarginFactors } from './check-model'
import type { Holding } from './holding'
import { houseModel } from './kit/house-model'
import { marketOf } from './kit/vectors'
import type { UnderlyingInputs } from './market'
import { reachOf } from './reach'
import { valuationAt, valuationOf } from './valuation'
import { wearBetween, wearOfMark } from './wear'
import { wearKey } from './wearing'

const expiry_ms = 2_592_000_000
const expiry = {
  seconds: expiry_ms / 1000,
  forward: '64200',
  rate: '0.03',
  volatility: { '64000': '0.6', '80000': '0.65' },
}
const inputs = marketOf('64000', [expiry])
const valuation = valuationOf('BTC', inputs, houseModel())
const valuations = new Map([['BTC', valuation]])

const option = (quantity: string, strike = '80000'): Holding => ({
  kind: 'option',
  id: strike,
  underlying: 'BTC',
  expiry_ms,
  strike: decimal(strike),
  optionType: 'call',
  quantity: decimal(quantity),
})
const perpetual = (quantity: string): Holding => ({
  kind: 'linear',
  id: 'BTC-PERP',
  underlying: 'BTC',
  quantity: decimal(quantity),
  mark: decimal('64000'),
})

const reach = (slack: number, holdings: readonly Holding[], of = valuations) =>
  reachOf(holdings, of, {
    slack,
    factor: defaultMarginFactors.maintenanceFactor,
    asks: 'maintenance',
    side: 'best',
    places: 6,
  })
const bandOf = (slack: number, ...holdings: readonly Holding[]): number => reach(slack, holdings).bands.get('BTC') ?? -1

describe('the band of an index', () => {
  it('is nothing at the line and below it', () => {
    expect(bandOf(0, option('-1'))).toBe(0)
    expect(bandOf(-100, option('-1'))).toBe(0)
  })

  it('of a perpetual is .6 of the slack over what a move takes, with what is asked for the move itself', () => {
    // A long one loses 64000 x, and 64000 (1 + x) of .016 and a hundredth and a half less are asked for then.
    const slope = 64_000 * (1 - 0.8 * 0.16) - 0.015 * 64_000
    expect(bandOf(1000, perpetual('1'))).toBeLessThanOrEqual(600 / slope)
    expect(bandOf(1000, perpetual('1'))).toBeGreaterThan(0.95 * (600 / (64_000 * 1.2)))
  })

  it('is wider the further the account stands above its line, up to a quarter', () => {
    const bands = [100, 1000, 10_000].map((slack) => bandOf(slack, option('-1')))
    expect(bands).toEqual([...bands].sort((a, b) => a - b))
    expect(bandOf(1_000_000, option('-1'))).toBe(0.25)
  })

  it('is wider of a book that is hedged than of the option alone', () =>
    expect(bandOf(500, option('-10'), perpetual('3'))).toBeGreaterThan(2 * bandOf(500, option('-10'))))

  it('is nothing while a forward is being averaged', () => {
    const window = { integral: decimal('38400000000'), left_ms: 1_200_000, twap_ms: 1_800_000 }
    const averaged = new Map([...inputs.expiries].map(([at, of]) => [at, { ...of, window }]))
    const of = new Map([['BTC', valuationOf('BTC', { ...inputs, expiries: averaged }, houseModel())]])
    expect(reach(1000, [option('-1')], of).bands.get('BTC')).toBe(0)
  })
})

describe('what may wear', () => {
  it('is an expiry by what is held in it, and a perpetual by itself, each its part of .4 of the slack', () => {
    const { wears } = reach(1000, [option('-1'), perpetual('1')])
    expect([...wears.keys()]).toEqual([wearKey('BTC', expiry_ms), 'BTC-PERP'])
    const [option_ = 0, linear = 0] = wears.values()
    expect(linear).toBeLessThan(200 / 64_000)
    expect(option_).toBeLessThan(200 / 80_000)
    expect(option_).toBeGreaterThan(0)
  })

  it('is of two holdings in one contract no more than of one as large as both', () => {
    const wear = (...held: readonly Holding[]) => reach(1000, held).wears.get('BTC-PERP') ?? 0
    expect(wear(perpetual('13'), perpetual('0.02'))).toBeLessThanOrEqual(wear(perpetual('13')))
  })

  it('is nothing at the line', () => expect([...reach(0, [option('-1')]).wears.values()]).toEqual([0]))
})

describe('the wear of an expiry', () => {
  const listed = new Map([[expiry_ms, ['64000', '80000'].map(decimal)]])
  const wear = (more: Partial<UnderlyingInputs>): number =>
    wearBetween(valuation, valuationOf('BTC', { ...inputs, ...more }, houseModel()), listed).get(expiry_ms) ?? -1

  it('is nothing where only the index moves', () => {
    expect(wear({})).toBe(0)
    expect(wearBetween(valuation, valuationAt(valuation, decimal('32000')), listed).get(expiry_ms)).toBeCloseTo(0, 14)
  })

  it('comes with time, the more the nearer the expiry', () => {
    const hour = 3_600_000
    const late = valuationOf('BTC', { ...inputs, asOf_ms: expiry_ms - 2 * hour }, houseModel())
    const later = valuationOf('BTC', { ...inputs, asOf_ms: expiry_ms - hour }, houseModel())
    expect(wear({ asOf_ms: hour })).toBeGreaterThan(0)
    expect(wearBetween(late, later, listed).get(expiry_ms)).toBeGreaterThan(wear({ asOf_ms: hour }))
  })

  it('is .4 of the largest change of a deviation, and the change of the forward over the index', () => {
    const of = inputs.expiries.get(expiry_ms)
    if (of === undefined) throw new Error('an expiry')
    const forward = { ...of.forward, price: multiply(of.forward.price, decimal('1.01')) }
    expect(wear({ expiries: new Map([[expiry_ms, { ...of, forward }]]) })).toBeCloseTo(Math.log(1.01), 12)
    const points = (of.surface.volatility.points ?? []).map(({ strike }) => ({ strike, volatility: decimal('0.7') }))
    const surface = { ...of.surface, volatility: { points } }
    // Up, the volatility at 64000 rises by half more than it does: t is 1 at 30 days.
    expect(wear({ expiries: new Map([[expiry_ms, { ...of, surface }]]) })).toBeCloseTo(
      0.4 * 0.1 * 1.5 * Math.sqrt(30 / 365),
      12,
    )
  })

  it('has no bound where the expiry was not known, or nothing is modelled', () => {
    expect(wear({ expiries: new Map() })).toBe(Number.POSITIVE_INFINITY)
    expect(wearBetween(valuation, valuationOf('BTC', inputs), listed).get(expiry_ms)).toBe(Number.POSITIVE_INFINITY)
  })

  it('of a perpetual is how far its mark leaves the index', () => {
    const at = (mark: string, index: string) => ({ mark: decimal(mark), index: decimal(index) })
    expect(wearOfMark(at('64000', '64000'), at('70400', '70400'))).toBeCloseTo(0, 15)
    expect(wearOfMark(at('64000', '64000'), at('64640', '64000'))).toBeCloseTo(Math.log(1.01), 14)
  })
})
