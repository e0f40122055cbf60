import { dayOf, type Market, marketIn, shapeOf } from './markets'

const fresh = { observedAt: '2020-03-12T10:00:00.000Z', stale: false, revision: 7 }
const forward = { price: '101', index: '100', now: '103.02', ...fresh }
const surface = { points: [{ strike: '100', volatility: '0.8' }], forward: '101', ...fresh }
const expiry = {
  expiry: '2020-03-30T10:00:00.000Z',
  forward,
  surface,
  valued: { forward: '103.02', discount: '1' },
  options: [],
}
const market = (more: object, ofExpiry: object = {}): Market =>
  ({
    underlying: 'BTC',
    asOf: '2020-03-12T10:03:00.000Z',
    price: { price: '1002.5', ...fresh },
    expiries: [{ ...expiry, ...ofExpiry }],
    ...more,
  }) as unknown as Market
const said = (...of: Parameters<typeof market>): string => marketIn(market(...of)).sentence

describe('what options on an underlying are marked by', () => {
  it('is said in a sentence where all of it is fresh', () =>
    expect(marketIn(market({}))).toEqual({
      tone: 'well',
      sentence:
        'Options on BTC are marked by its price of 1,002.5 and by 1 expiry, all of it fresh; they have decayed to 10:03:00.',
    }))

  it('is said to be held, too old, not told yet, over, or without a price', () => {
    expect(said({}, { held: { price: '130', since: '' } })).toBe(
      'A forward of 130 for 2020-03-30 is held until another like it has come: options of that day are not dealt in.',
    )
    expect(said({ price: { price: '1', ...fresh, stale: true } }, { surface: { ...surface, stale: true } })).toBe(
      'Options on BTC are not dealt in: too old is its price, the volatility of 2020-03-30.',
    )
    expect(said({ curve: { curve: 'USD', points: [], ...fresh, stale: true } })).toContain('too old is the curve USD')
    expect(said({}, { forward: { ...forward, stale: true } })).toContain('too old is the forward of 2020-03-30')
    expect(said({}, { surface: undefined, valued: undefined })).toBe(
      'Not told yet: the forward or the volatility of 2020-03-30.',
    )
    expect(said({}, { fixing: '99' })).toBe('No expiry of BTC is open.')
    expect(said({ price: undefined })).toBe('BTC has no price yet, so no option on it has one.')
  })

  it('has a shape by strike, as points or as five numbers', () => {
    expect(shapeOf(surface)).toBe('0.8 at 100')
    const svi = { a: '0.02', b: '0.1', rho: '-0.3', m: '0', sigma: '0.2' }
    expect(shapeOf({ svi, forward: '101', ...fresh })).toBe('a 0.02, b 0.1, rho -0.3, m 0, sigma 0.2')
    expect(dayOf(expiry)).toBe('2020-03-30')
  })
})
