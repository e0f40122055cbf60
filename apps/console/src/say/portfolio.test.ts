import { type Portfolio, partOf, requirementOf, termsOf, worstOf } from './portfolio'

const btc = { underlying: 'BTC', alone: '14.69', binding: '0.84 up', contingency: '1.746' }
const portfolio = (more: Partial<Portfolio> = {}): Portfolio => ({
  alone: '14.69',
  offset: '0',
  scan: '14.69',
  underlyings: [btc],
  contributions: { 'BTC-PERP': '13.871', CALL: '-1.567', NONE: '0' },
  ...more,
})

describe('an option', () => {
  it('is said by what it pays on, above or below what, and until when', () => {
    const terms = { underlying: 'BTC', strike: '110000', expiry: '2020-03-30T10:00:00.000Z' }
    expect(termsOf({ ...terms, optionType: 'call' })).toBe('call at 110,000 on BTC, until 2020-03-30 10:00:00')
    expect(termsOf({ ...terms, optionType: 'put' })).toBe('put at 110,000 on BTC, until 2020-03-30 10:00:00')
  })
})

describe('the worst that is reckoned with', () => {
  it.each([
    ['0.84 up', 'its price at 0.84 of what it is, and its volatility up'],
    ['1.16 down', 'its price at 1.16 of what it is, and its volatility down'],
    ['1 none', 'its price at 1 of what it is'],
    ['1 skew-linear', 'its price at 1 of what it is, and its volatilities bent'],
    ['1 skew-absolute', 'its price at 1 of what it is, and its volatilities bent both ways'],
    ['basis', 'its forwards away from its price'],
    ['minimum', 'no scenario: the least that is asked of such positions'],
    ['none', 'nothing: it cannot lose'],
    ['something new', 'something new'],
  ])('%s is said to be %s', (binding, words) => expect(worstOf({ binding })).toBe(words))
})

describe('one requirement over a portfolio', () => {
  const said = (more?: Partial<Portfolio>) => requirementOf({ maintenanceMargin: '13.51', portfolio: portfolio(more) })

  it('is said by its worst, where there is one underlying', () =>
    expect(said()).toBe(
      'All of it together needs 13.51: the worst for BTC is its price at 0.84 of what it is, and its volatility up.',
    ))

  it('is said by how many there are, and what is spared since not all happens at once', () =>
    expect(said({ underlyings: [btc, { ...btc, underlying: 'ETH' }], offset: '2.5' })).toBe(
      'All of it together needs 13.51: the worst of each of 2 underlyings, below. 2.50 less, as not all of it happens at once.',
    ))

  it('is none where nothing is held', () => {
    expect(said({ underlyings: [] })).toBe('Nothing is required of it.')
    expect(requirementOf({ maintenanceMargin: '0' })).toBe('Nothing is required of it.')
  })

  it('is added to by some, and hedged by others', () =>
    expect(['BTC-PERP', 'CALL', 'NONE', 'OTHER'].map((name) => partOf(portfolio(), name))).toEqual([
      ['13.871', 'adds 13.87'],
      ['-1.567', 'hedges 1.56'],
      ['0', 'nothing'],
      ['0', 'nothing'],
    ]))
})
