import { decimal, format, multiply, one, subtract, toNumber } from '@novation/decimal'
import { houseModel } from './kit/house-model'
import { forwardAt, forwardIn, type Series, type UnderlyingInputs } from './market'
import { scenariosOf } from './rows'
import { basisDown, basisUp, firstRow, valuationAt, valuationOf } from './valuation'

const day_ms = 86_400_000
const expiry_ms = 30 * day_ms

const inputs = (more: Partial<UnderlyingInputs> = {}): UnderlyingInputs => ({
  index: decimal('64000'),
  asOf_ms: 0,
  expiries: new Map([
    [
      expiry_ms,
      {
        forward: { price: decimal('64200'), index: decimal('64000') },
        surface: {
          volatility: { points: [{ strike: decimal('64000'), volatility: decimal('0.6') }] },
          forward: decimal('64200'),
          tau_ms: expiry_ms,
        },
      },
    ],
  ]),
  ...more,
})

const series = (strike: string, optionType: Series['optionType'] = 'call'): Series => ({
  id: `${strike}-${optionType}`,
  underlying: 'BTC',
  expiry_ms,
  strike: decimal(strike),
  optionType,
})

const markOf = (strike: string, more: Partial<UnderlyingInputs> = {}, type: Series['optionType'] = 'call'): number =>
  toNumber(valuationOf('BTC', inputs(more)).mark(series(strike, type)) ?? decimal('-1'))

describe('the mark of an option', () => {
  it('has 8 places and is not below 0', () => {
    const mark = valuationOf('BTC', inputs()).mark(series('64000')) ?? one
    expect(format(mark)).toMatch(/^\d+\.\d{1,8}$/)
    expect(markOf('1000000000')).toBe(0)
  })

  it('moves with time only where an event says so', () => {
    expect(markOf('64000', { asOf_ms: day_ms })).toBeLessThan(markOf('64000'))
    expect(markOf('64000', { asOf_ms: expiry_ms - 1000 })).toBeCloseTo(200, 2)
    expect(markOf('64000', { asOf_ms: expiry_ms + 1000 })).toBe(200)
  })

  it('follows the index between forwards, in proportion', () => {
    const up = inputs({ index: decimal('640000') })
    expect(toNumber(valuationOf('BTC', up).mark(series('1')) ?? one)).toBeCloseTo(641_999, 6)
    expect(format(forwardAt(decimal('64100'), { price: decimal('64200'), index: decimal('64000') }))).toBe('64300.3125')
  })

  it('has parity: a call less a put is the forward less the strike, discounted', () => {
    const curve = [{ days: 30, discount: decimal('0.99') }]
    expect(markOf('60000', { curve }) - markOf('60000', { curve }, 'put')).toBeCloseTo(0.99 * 4200, 6)
  })

  it('lies within what it may be worth at a strike of 18 digits and at one of a millionth', () => {
    expect(markOf('0.000001')).toBeCloseTo(64_199.999999, 6)
    expect(markOf('123456789012.345678')).toBe(0)
    expect(markOf('123456789012.345678', {}, 'put')).toBeCloseTo(123_456_724_812.34567, 3)
  })

  it('is unknown where nothing was published of the expiry', () =>
    expect(valuationOf('BTC', inputs()).mark({ ...series('64000'), expiry_ms: 1 })).toBeUndefined())

  it('is made once, as are the prices in the rows', () => {
    const valuation = valuationOf('BTC', inputs(), houseModel())
    expect(valuation.mark(series('64000'))).toBe(valuation.mark(series('64000')))
    expect(valuation.unitPrices(series('64000'))).toBe(valuation.unitPrices(series('64000')))
  })

  it('at a slow index is by the same facts', () =>
    expect(valuationAt(valuationOf('BTC', inputs()), decimal('60000')).mark(series('64000'))).toEqual(
      valuationOf('BTC', inputs({ index: decimal('60000') })).mark(series('64000')),
    ))
})

describe('the window before the fixing', () => {
  const window = { integral: decimal('38400000000'), left_ms: 1_200_000, twap_ms: 1_800_000 }

  it('fixes a part of the forward, and only the rest moves', () => {
    const forward = { price: decimal('64200'), index: decimal('64000') }
    expect(forwardIn(decimal('64000'), { forward, window })).toEqual({ fixed: 21_333.333333333332, floating: 42_800 })
    expect(forwardIn(decimal('64000'), { forward })).toEqual({ fixed: 0, floating: 64_200 })
  })

  it('leaves nothing to lose at its end', () => {
    const at = inputs({ asOf_ms: expiry_ms })
    const [expiry] = [...at.expiries.values()]
    if (expiry === undefined) throw new Error('one expiry')
    const ended = { ...window, integral: decimal('115200000000'), left_ms: 0 }
    const over = { ...at, expiries: new Map([[expiry_ms, { ...expiry, window: ended }]]) }
    const prices = valuationOf('BTC', over, houseModel()).unitPrices(series('60000')) ?? new Float64Array()
    expect(new Set(prices)).toEqual(new Set([400_000_000_000]))
  })
})

describe('prices in the rows', () => {
  const valuation = valuationOf('BTC', inputs(), houseModel())
  const prices = valuation.unitPrices(series('70000')) ?? new Float64Array()
  const at = (move: string, volatility: string): number =>
    prices[
      firstRow + valuation.scenarios.findIndex((row) => format(row.move) === move && row.volatility === volatility)
    ] ?? 0

  it('rise with the index and with volatility', () => {
    expect(at('1.16', 'up')).toBeGreaterThan(at('1.12', 'up'))
    expect(at('1', 'up')).toBeGreaterThan(at('1', 'none'))
    expect(at('1', 'none')).toBeGreaterThan(at('1', 'down'))
    expect(prices[basisUp]).toBeGreaterThan(prices[basisDown] ?? 0)
    expect(at('1', 'none')).toBe(prices[0])
  })

  it('are of as many states as the model has: 9 moves of three volatilities but at the edges, tails, two of skew', () =>
    expect(valuation.scenarios.length).toBe(7 * 3 + 2 + 6 + 2))

  it('are of more states when more steps are in force, and of all those besides', () => {
    const wide = scenariosOf(houseModel(), 6)
    const name = ({ move, volatility }: { move: typeof one; volatility: string }): string =>
      `${format(move)} ${volatility}`
    expect(wide.map(name)).toEqual(expect.arrayContaining(scenariosOf(houseModel()).map(name)))
    expect(wide.length).toBe(11 * 3 + 2 + 6 + 2)
  })

  it('weigh a tail by how far it is: less the further, and never more than whole', () => {
    const weights = scenariosOf(houseModel())
      .filter(({ index }) => Math.abs(index) >= 1000)
      .map(({ weight }) => format(weight))
    expect(weights).toEqual(['0.072727272727', '0.145454545455', '0.096', '0.048', '0.024', '0.016'])
  })

  it('of a pool in the coin itself move the other way: the dollar at 1/m', () => {
    const rows = scenariosOf(houseModel({ reciprocal: true }))
    const plain = scenariosOf(houseModel())
    for (const [i, { move }] of rows.entries())
      expect(toNumber(subtract(multiply(move, plain[i]?.move ?? one), one))).toBeCloseTo(0, 11)
  })

  it('count what is held for less and what is owed for more, the further off the more', () => {
    const term = valuation.modelTerm(expiry_ms)
    if (term === undefined) throw new Error('an expiry')
    expect([format(term.long), format(term.short)]).toEqual(['0.943773916405', '1'])
    expect(format(term.basisFactor)).toBe('0.664383561644')
  })
})
