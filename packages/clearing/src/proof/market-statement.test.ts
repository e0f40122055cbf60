import { blackOf } from '../checks/black'
import {
  after,
  all,
  assetPrice,
  curve,
  forward,
  given,
  givenNothing,
  marketAt,
  optionMarket,
  parameters,
  pool,
  riskModel,
  stated,
  surface,
} from '../kit'
import type { Pool } from '../state/pool'
import { marketStatements } from './market-statement'
import { statementOf } from './statement'

const year_ms = 365 * 86_400_000

/** Every option is marked at what the textbook makes of what is said of its market. */
const marksFollow = pool((now: Pool) => {
  const all_ = marketStatements(now).markets ?? []
  const options = all_.flatMap(({ asOf, expiries }) =>
    expiries.flatMap(({ expiry, valued, options: of }) => of.map((option) => ({ asOf, expiry, valued, ...option }))),
  )
  expect(options.length).toBeGreaterThan(0)
  for (const { asOf, expiry, valued, optionType, strike, volatility, mark } of options) {
    const tau = (Date.parse(expiry) - Date.parse(asOf)) / year_ms
    const deviation = Number(volatility) * Math.sqrt(tau)
    const value = blackOf(optionType, Number(valued?.forward), Number(strike), deviation, Number(valued?.discount))
    expect(Number(mark)).toBeCloseTo(value, 5)
  }
})

describe('the markets of a statement', () => {
  it('are none where nothing ever had a model', () =>
    givenNothing().then(({ pool: now }) => expect(statementOf(now)).not.toHaveProperty('markets')))

  it('say what options are marked by, and which event told it', () =>
    given(optionMarket).then(
      stated({
        markets: [
          {
            underlying: 'BTC',
            asOf: expect.any(String),
            price: { price: '100', observedAt: expect.any(String), stale: false, revision: expect.any(Number) },
            model: { revision: expect.any(Number) },
            expiries: [
              {
                expiry: '2020-03-30T10:00:00.000Z',
                forward: {
                  price: '101',
                  index: '100',
                  now: '101',
                  observedAt: expect.any(String),
                  stale: false,
                  revision: expect.any(Number),
                },
                surface: {
                  points: [{ strike: '100', volatility: '0.8' }],
                  forward: '101',
                  observedAt: expect.any(String),
                  stale: false,
                  revision: expect.any(Number),
                },
                valued: { forward: '101', discount: '1' },
                options: [
                  { instrument: 'CALL', optionType: 'call', strike: '100', volatility: '0.8', mark: '7.62465429' },
                  { instrument: 'PUT', optionType: 'put', strike: '90', volatility: '0.8', mark: expect.any(String) },
                ],
              },
            ],
          },
        ],
      }),
    ))

  it('name events of just that: each revision is one that tells it', () => {
    const { events, pool: now } = given(optionMarket, marketAt('103')).world
    const [market] = marketStatements(now).markets ?? []
    const [expiry] = market?.expiries ?? []
    const typeAt = (revision = -1): string | undefined => events[revision]?.type
    expect([
      typeAt(market?.price?.revision),
      typeAt(market?.model?.revision),
      typeAt(expiry?.forward?.revision),
      typeAt(expiry?.surface?.revision),
    ]).toEqual(['PriceTick', 'RiskModelSet', 'ForwardTick', 'VolatilityTick'])
  })

  it('say a forward as it has moved with its underlying since', () =>
    given(optionMarket, assetPrice('BTC', '102')).then(
      pool((now: Pool) =>
        expect(marketStatements(now).markets?.[0]?.expiries[0]?.forward).toMatchObject({
          price: '101',
          index: '100',
          now: '103.02',
        }),
      ),
      marksFollow,
    ))

  it('are what marks follow from: with a smile, a curve, and in the last stretch before the expiry', () => {
    const svi = { a: '0.02', b: '0.1', rho: '-0.3', m: '0', sigma: '0.2' }
    const smiling = all(
      optionMarket,
      riskModel('BTC', { curve: 'USD' }),
      curve([{ days: 30, discount: '0.99' }]),
      surface({ svi }),
    )
    given(smiling).then(
      marksFollow,
      pool((now: Pool) => {
        const [market] = marketStatements(now).markets ?? []
        expect(market?.curve).toMatchObject({ curve: 'USD', points: [{ days: 30, discount: '0.99' }], stale: false })
        expect(market?.expiries[0]?.surface).toMatchObject({ svi })
      }),
    )
    return given(optionMarket, after('1554600 s'), marketAt('100'), after('60 s'), marketAt('108')).then(marksFollow)
  })

  it('say which of it is stale, and which forward is held', () =>
    given(optionMarket, parameters({ deviation: '0.05', confirm_ms: 3000 }), after('301 s'), assetPrice('BTC', '100'))
      .when(forward('130'))
      .then(
        pool((now: Pool) =>
          expect(marketStatements(now).markets?.[0]?.expiries[0]).toMatchObject({
            forward: { price: '101', stale: true },
            held: { price: '130' },
            surface: { stale: true },
          }),
        ),
      ))
})
