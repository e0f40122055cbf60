import { decimal, one, zero } from '@novation/decimal'
import { checkMarginFactors, checkRiskModel, defaultMarginFactors } from './check-model'
import { checkCurve, lnDiscountAt } from './curve'
import { houseModel } from './kit/house-model'
import { checkSurface, type Surface, type VolatilityTerms, volatilityAt } from './surface'

const surface = (volatility: VolatilityTerms, more: Partial<Surface> = {}): Surface => ({
  volatility,
  forward: decimal('64000'),
  tau_ms: 30 * 86_400_000,
  ...more,
})
const sound = { a: '0.01', b: '0.1', rho: '-0.3', m: '0', sigma: '0.2' }
const svi = (terms: Partial<typeof sound> = {}): VolatilityTerms => {
  const { a, b, rho, m, sigma } = { ...sound, ...terms }
  return { svi: { a: decimal(a), b: decimal(b), rho: decimal(rho), m: decimal(m), sigma: decimal(sigma) } }
}
const points = (...of: readonly (readonly [string, string])[]): VolatilityTerms => ({
  points: of.map(([strike, volatility]) => ({ strike: decimal(strike), volatility: decimal(volatility) })),
})
const strikes = ['40000', '64000', '90000'].map(decimal)

describe('a surface', () => {
  it('is accepted where it is sound', () => {
    expect(checkSurface(surface(svi()), strikes)).toBeUndefined()
    expect(checkSurface(surface(points(['50000', '0.7'], ['70000', '0.6'])), strikes)).toBeUndefined()
  })

  it.each([
    ['b below zero', svi({ b: '-0.1' }), 'b is not below zero: -0.1'],
    ['rho of 1', svi({ rho: '1' }), 'rho is between -1 and 1: 1'],
    ['rho of -1', svi({ rho: '-1' }), 'rho is between -1 and 1: -1'],
    ['sigma of 0', svi({ sigma: '0' }), 'sigma is above zero: 0'],
    ['negative variance', svi({ a: '-0.03' }), 'its variance is negative at the lowest'],
    ['wings too steep', svi({ b: '1.6' }), 'its wings are too steep'],
    ['a listed strike above 5', svi({ a: '3' }), 'at 40000 it is'],
    ['a listed strike below 0.01', points(['1', '0.009']), 'at 40000 it is 0.009'],
    ['no points, so strikes without volatility', points(), 'it has no points'],
    ['points out of order', points(['70000', '0.6'], ['50000', '0.7']), 'strikes rise: not at 50000'],
    ['a point twice', points(['70000', '0.6'], ['70000', '0.7']), 'strikes rise: not at 70000'],
    ['a strike of 0', points(['0', '0.6']), 'a strike is above zero: 0'],
  ] as const)('with %s is refused, and told why', (_, volatility, reason) =>
    expect(checkSurface(surface(volatility), strikes)).toContain(reason),
  )

  it('of an expiry that is past is refused', () =>
    expect(checkSurface(surface(svi(), { tau_ms: 0 }), strikes)).toBe('its expiry is not past'))

  it('by points is linear between them and flat beyond', () => {
    const of = surface(points(['50000', '0.7'], ['70000', '0.6']))
    const at = (strike: string): number => volatilityAt(of, decimal(strike))
    expect([at('1'), at('50000'), at('65000'), at('70000'), at('1000000')]).toEqual([0.7, 0.7, 0.625, 0.6, 0.6])
  })

  it('by svi has at the forward the variance a + b(sqrt(m^2 + sigma^2) - rho m), spread over the time', () =>
    expect(volatilityAt(surface(svi()), decimal('64000'))).toBeCloseTo(Math.sqrt((0.03 * 365) / 30), 12))

  it('lets volatilities of 5 and of 0.01 pass', () =>
    expect(checkSurface(surface(points(['40000', '0.01'], ['90000', '5'])), strikes)).toBeUndefined())
})

describe('a curve', () => {
  const curve = (...of: readonly (readonly [number, string])[]) =>
    of.map(([days, discount]) => ({ days, discount: decimal(discount) }))

  it.each([
    ['without points', curve(), 'it has no points'],
    ['with a discount of 0', curve([30, '0.99'], [60, '0']), 'a discount is above zero: 0'],
    ['out of order', curve([60, '0.99'], [30, '0.98']), 'days rise from above zero: not at 30'],
    ['that begins today', curve([0, '1']), 'days rise from above zero: not at 0'],
  ])('%s is refused, and told why', (_, points, reason) => expect(checkCurve(points)).toBe(reason))

  it('has a logarithm that is linear in days, from today and beyond its end', () => {
    const points = curve([30, '0.99'], [90, '0.95'])
    const ln = (days: number): number => lnDiscountAt(points, days * 86_400_000)
    expect(ln(15)).toBeCloseTo(Math.log(0.99) / 2, 15)
    expect(ln(60)).toBeCloseTo((Math.log(0.99) + Math.log(0.95)) / 2, 15)
    expect(ln(180)).toBeCloseTo(2 * Math.log(0.95), 15)
    expect([ln(0), ln(-1), lnDiscountAt([], 1)]).toEqual([0, 0, 0])
    expect(checkCurve(points)).toBeUndefined()
  })
})

describe('a risk model', () => {
  it('is accepted where it is sound', () => expect(checkRiskModel(houseModel())).toBeUndefined())

  const { spot, discount, basis, contingency, volatility, skew } = houseModel()
  if (spot === undefined) throw new Error('the house model has a grid')
  const row = { move: one, volatility: 'none', weight: one } as const
  const minus = decimal('-0.1')
  it.each([
    [
      'longBase above 1',
      { discount: { ...discount, longBase: decimal('1.01') } },
      'discount.longBase is above 0 and at most 1',
    ],
    [
      'shortBase below 1',
      { discount: { ...discount, shortBase: decimal('0.99') } },
      'discount.shortBase is at least 1',
    ],
    ['a range of 1', { spot: { ...spot, range: one } }, 'spot.range is above 0 and below 1'],
    ['half a step', { spot: { ...spot, steps: 1.5 } }, 'spot.steps is a whole number'],
    ['a tail at 1', { spot: { ...spot, tails: [one] } }, 'a tail is above 0 and not 1'],
    ['neither grid nor rows', { spot: undefined }, 'either spot or rows'],
    ['both', { rows: [row] }, 'either spot or rows'],
    ['a weight below 0', { spot: undefined, rows: [{ ...row, weight: minus }] }, 'a weight is not below 0'],
    ['a move of 0', { spot: undefined, rows: [{ ...row, move: zero }] }, 'a move is above 0'],
    [
      'skew that moves',
      { spot: undefined, rows: [{ ...row, volatility: 'skew-linear', move: decimal('2') }] },
      'has move 1',
    ],
    ['gains above 1', { group: { name: 'g', width: 1, gains: decimal('1.1') } }, 'group.gains is from 0 to 1'],
    ['gains below 0', { group: { name: 'g', width: 1, gains: minus } }, 'group.gains is from 0 to 1'],
    ['half a width', { group: { name: 'g', width: 0.5, gains: zero } }, 'group.width is a whole number'],
    ['a basis that only rises', { basis: { ...basis, down: decimal('1.1') } }, 'basis.down is above 0 and at most 1'],
    ['a basis that only falls', { basis: { ...basis, up: decimal('0.9') } }, 'basis.up is at least 1'],
    ['volatility that falls by less than nothing', { volatility: { ...volatility, down: minus } }, 'volatility.down'],
    ['no shortest time', { volatility: { ...volatility, floorDays: zero } }, 'volatility.floorDays is above 0'],
    ['a bend over no distance', { skew: { ...skew, minKStar: zero } }, 'skew.minKStar is above 0'],
    ['a contingency below 0', { contingency: { ...contingency, confidence: minus } }, 'contingency.confidence'],
    ['a minimum below 0', { minimum: { net: minus, gross: zero } }, 'minimum.net'],
    ['19 decimals', { skew: { ...skew, cap: decimal('0.1234567890123456789') } }, 'at most 18 decimals'],
  ] as const)('with %s is refused, and told why', (_, more, reason) =>
    expect(checkRiskModel({ ...houseModel(), ...more })).toContain(reason),
  )

  it('goes with factors of which the initial one is no smaller, and an offset of at most 0.8', () => {
    expect(checkMarginFactors(defaultMarginFactors)).toBeUndefined()
    const fault = (more: object): string | undefined => checkMarginFactors({ ...defaultMarginFactors, ...more })
    expect(fault({ initialFactor: decimal('0.7') })).toContain('initialFactor is at least maintenanceFactor')
    expect(fault({ offsetLimit: decimal('0.81') })).toContain('offsetLimit is from 0 to 0.8')
    expect(fault({ maintenanceFactor: zero })).toContain('maintenanceFactor is above 0')
  })
})
