import { decodeCommand, usualModel } from '@novation/events'
import {
  accepted,
  after,
  assetPrice,
  curve,
  expiry,
  forward,
  given,
  happened,
  listOption,
  optionMarket,
  registerAsset,
  rejected,
  riskModel,
  surface,
  volatility,
} from '../kit'

const smile = { a: '0.02', b: '0.15', rho: '-0.4', m: '0.05', sigma: '0.3' }
const svi = (change: Partial<typeof smile>) => surface({ svi: { ...smile, ...change } })
const modelled = [registerAsset('BTC', 8), riskModel('BTC')]

describe('a forward', () => {
  it('is recorded with the price of its underlying as it then is', () =>
    given(...modelled, assetPrice('BTC', '100'))
      .when(forward('101.5'))
      .then(accepted, happened('ForwardTick', { price: '101.5', index: '100', expiry: '2020-03-30T10:00:00.000Z' })))

  it('waits for an index of its underlying', () =>
    given(...modelled)
      .when(forward('101'))
      .then(rejected('stale-price', 'the price of BTC, which a forward moves with, is unknown, stale or held')))

  it('waits for one that is not stale', () =>
    given(...modelled, assetPrice('BTC', '100'), after('121 s'))
      .when(forward('101'))
      .then(rejected('stale-price')))

  it('of an expiry in the past is refused', () =>
    given(...modelled, assetPrice('BTC', '100'))
      .when(forward('101', { expiry: '2020-03-12T10:00:00Z' }))
      .then(rejected('not-trading', 'the expiry has passed at 2020-03-12T10:00:00')))
})

describe('a surface', () => {
  it('by five numbers is taken', () => given(optionMarket).when(svi({})).then(accepted, happened('VolatilityTick')))

  it.each([
    ['negative variance', { a: '-0.2' }, 'its variance is negative at the lowest'],
    ['a slope below zero', { b: '-0.1' }, 'b is not below zero: -0.1'],
    ['a correlation of one', { rho: '1' }, 'rho is between -1 and 1: 1'],
    ['no width', { sigma: '0' }, 'sigma is above zero: 0'],
    ['wings too steep', { b: '1.5', rho: '0.5' }, 'its wings are too steep'],
    ['a strike without volatility', { a: '0', b: '0' }, 'at every listed strike: at 90 it is 0'],
  ])('with %s is refused, and told why', (_, change, why) =>
    given(optionMarket).when(svi(change)).then(rejected('bad-surface', why)),
  )

  it.each([
    ['without a point, so for no strike at all,', [], 'it has no points'],
    [
      'with points out of order',
      [
        { strike: '110', volatility: '0.8' },
        { strike: '90', volatility: '0.8' },
      ],
      'strikes rise: not at 90',
    ],
    [
      'that gives a listed strike more than 5',
      [{ strike: '100', volatility: '5.01' }],
      'from 0.01 to 5 at every listed strike: at 90 it is 5.01',
    ],
    ['that gives a listed strike less than 0.01', [{ strike: '100', volatility: '0.009' }], 'at 90 it is 0.009'],
  ])('%s is refused, and told why', (_, points, why) =>
    given(optionMarket).when(surface({ points })).then(rejected('bad-surface', why)),
  )

  it('of which a point has a strike and no volatility is no command at all', () => {
    const said = { underlying: 'BTC', expiry, points: [{ strike: '100' }] }
    const read = decodeCommand(
      { id: 'c', pool: 'main', actor: 'oracle', type: 'PublishVolatility', data: said },
      'oracle',
    )
    expect(JSON.stringify(read)).toContain('volatility')
    expect(read).toMatchObject({ _tag: 'Left' })
  })

  it.each(['5', '0.01'])('may be at %s', (level) => given(optionMarket).when(volatility(level)).then(accepted))

  it.each(['NaN', 'Infinity', '-Infinity', '1e-1', '0x1', '', ' 0.8', '0,8', '.8', '٠٫٨'])(
    'whose volatility is %j is no command at all',
    (text) => {
      const said = { underlying: 'BTC', expiry, points: [{ strike: '100', volatility: text }] }
      const command = { id: 'c', pool: 'main', actor: 'oracle', type: 'PublishVolatility', data: said }
      expect(
        decodeCommand({ ...command, data: { ...said, points: [{ strike: '100', volatility: '0.8' }] } }, 'oracle'),
      ).toMatchObject({ _tag: 'Right' })
      expect(decodeCommand(command, 'oracle')).toMatchObject({ _tag: 'Left' })
    },
  )

  it('at a strike that is no price is refused', () => {
    given(optionMarket)
      .when(surface({ points: [{ strike: '0', volatility: '0.8' }] }))
      .then(rejected('bad-surface', 'a strike is above zero: 0'))
    given(optionMarket)
      .when(surface({ points: [{ strike: '-100', volatility: '0.8' }] }))
      .then(rejected('bad-surface', 'a strike is above zero: -100'))
  })

  it('that is two things at once is refused', () =>
    given(optionMarket)
      .when(surface({ svi: smile, points: [{ strike: '100', volatility: '1' }] }))
      .then(rejected('bad-parameter', 'a surface is either five numbers (svi) or points')))

  it('waits for a forward', () =>
    given(...modelled, assetPrice('BTC', '100'))
      .when(volatility('0.8'))
      .then(rejected('stale-price', 'BTC has no forward for that expiry')))
})

describe('a curve', () => {
  it('of points whose days do not rise is refused', () =>
    given()
      .when(
        curve([
          { days: 30, discount: '0.99' },
          { days: 30, discount: '0.98' },
        ]),
      )
      .then(rejected('bad-surface', 'days rise from above zero: not at 30')))

  it('of nothing is refused', () => given().when(curve([])).then(rejected('bad-surface', 'it has no points')))
})

describe('a model', () => {
  it('in which what is held counts for more than it is worth is refused', () =>
    given(registerAsset('BTC', 8))
      .when(riskModel('BTC', { discount: { ...usualModel.discount, longBase: '1.01' } }))
      .then(rejected('bad-parameter', 'discount.longBase is above 0 and at most 1')))

  it('has either a grid or rows', () =>
    given(registerAsset('BTC', 8))
      .when(riskModel('BTC', { rows: [{ move: '0.9', volatility: 'up', weight: '1' }] }))
      .then(rejected('bad-parameter', 'a model has either a grid of spot moves or rows of its own')))
})

describe('an option', () => {
  it('on what has no model is refused', () =>
    given(registerAsset('BTC', 8))
      .when(listOption('C', '100 call'))
      .then(rejected('no-risk-model', 'and BTC has none')))

  it.each([
    ['a strike of nothing', '0 call', {}, 'a strike is above zero, not 0'],
    [
      'a strike of eighteen digits',
      '100000000000000001 call',
      {},
      'a strike has at most 15 digits, not 100000000000000001',
    ],
    ['an expiry that has passed', '100 call', { expiry: '2020-03-12T09:00:00Z' }, 'the expiry has passed'],
    [
      'a table of margin',
      '100 call',
      { margin: { model: 'tiered', tiers: [] } as const },
      'an option has no table of margin',
    ],
  ])('with %s is refused, and told why', (_, terms, more, why) =>
    given(...modelled)
      .when(listOption('C', terms, more))
      .then(rejected('bad-parameter', why)),
  )

  it('that the surface there is cannot value is refused', () =>
    given(
      ...modelled,
      assetPrice('BTC', '100'),
      forward('100', { expiry }),
      svi({ a: '0.0001', b: '0.9', rho: '-0.9', m: '0', sigma: '0.001' }),
    )
      .when(listOption('FAR', '0.0001 put'))
      .then(rejected('bad-surface', 'at 0.0001 it is')))
})
