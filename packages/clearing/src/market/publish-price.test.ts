import {
  accepted,
  after,
  alice,
  assetPrice,
  bob,
  given,
  happened,
  happenedExactly,
  marketWorld,
  moved,
  pool,
  price,
  registerAsset,
  rejected,
  stated,
  take,
} from '../kit'

const at = (time: string) => `2020-03-12T${time}Z`

describe('publish price', () => {
  it('becomes the mark, and moves no money', () =>
    given(alice.holds('100 USD'), alice.bought('2 BTC-PERP at 50 from bob'))
      .when(price('BTC-PERP', '60.125'))
      .then(
        accepted,
        happenedExactly('PriceTick'),
        happened('PriceTick', { instrument: 'BTC-PERP', price: '60.125', observedAt: '2020-03-12T10:00:00.000Z' }),
        moved({}),
        stated({ instruments: [expect.objectContaining({ mark: '60.125', stale: false })] }),
        alice.stands({ equity: '120.25', initialMargin: '12.03', maintenanceMargin: '6.02' }),
        bob.stands({ equity: '999979.75' }),
      ))

  it('keeps what the oracle says of its sources and its confidence', () =>
    given()
      .when({
        type: 'PublishPrice',
        data: { instrument: 'BTC-PERP', price: '1', sources: ['a', 'b'], confidence: '0.1' },
      })
      .then(happened('PriceTick', { sources: ['a', 'b'], confidence: '0.1' })))

  it('is of one instrument or of one asset', () => {
    given(registerAsset('ETH', 18))
      .when(assetPrice('ETH', '5'))
      .then(accepted, happened('PriceTick', { asset: 'ETH' }))
    given()
      .when({ type: 'PublishPrice', data: { price: '5' } })
      .then(rejected('bad-parameter'))
    given(registerAsset('ETH', 18))
      .when({ type: 'PublishPrice', data: { price: '5', asset: 'ETH', instrument: 'BTC-PERP' } })
      .then(rejected('bad-parameter'))
  })

  it('is never of the settlement asset, in which all prices are', () =>
    given().when(assetPrice('USD', '1')).then(rejected('bad-parameter')))

  it('takes the smallest and the largest price a command can write', () => {
    const held = [alice.holds('100 USD'), alice.bought('0.000000000000000001 BTC-PERP at 50 from bob')]
    given(...held)
      .when(price('BTC-PERP', '0.000000000000000001'))
      .then(accepted)
    given(...held)
      .when(price('BTC-PERP', '999999999999999999.999999999999999999'))
      .then(accepted)
  })

  describe('its age', () => {
    it('counts from when it was observed, not from when it came', () =>
      given(price('BTC-PERP', '100', at('09:58:00')), bob.holds('100 USD'), alice.holds('100 USD'))
        .when(alice.buys('1 BTC-PERP at 100 from bob'))
        .then(accepted))

    it('is stale a millisecond past the tolerance', () =>
      given(price('BTC-PERP', '100', at('09:57:59.999')), bob.holds('100 USD'), alice.holds('100 USD'))
        .when(alice.buys('1 BTC-PERP at 100 from bob'))
        .then(
          rejected('stale-price'),
          stated({ instruments: [expect.objectContaining({ stale: true, mark: '100' })] }),
        ))

    it('may not lie before the last one, but may be the same', () => {
      const last = price('BTC-PERP', '100', at('09:59:00'))
      given(last)
        .when(price('BTC-PERP', '101', at('09:58:59.999')))
        .then(rejected('price-out-of-order'))
      given(last)
        .when(price('BTC-PERP', '101', at('09:59:00')))
        .then(accepted)
    })

    it('may lie in the future as far as clocks may differ', () => {
      given()
        .when(price('BTC-PERP', '100', at('10:00:05')))
        .then(accepted)
      given()
        .when(price('BTC-PERP', '100', at('10:00:05.001')))
        .then(rejected('price-out-of-order'))
    })

    it('does not let prices that queued while the ledger was down count as fresh', () =>
      given(alice.holds('100 USD'), bob.holds('100 USD'), after('1 h'))
        .when(price('BTC-PERP', '90', at('10:00:01')), price('BTC-PERP', '91', at('10:30:00')))
        .then(accepted, stated({ instruments: [expect.objectContaining({ mark: '91', stale: true })] })))
  })

  it('freezes the pool in the same append, while the layers may not cover who is below zero', () =>
    given(alice.holds('10 USD'), alice.bought('1 BTC-PERP at 100 from bob'))
      .when(price('BTC-PERP', '80'))
      .then(
        happenedExactly('PriceTick', 'PoolFrozen'),
        happened('PoolFrozen', { shortfall: '14', resources: '0' }),
        pool(({ frozen }) => expect(frozen).toBe(true)),
        stated({ frozen: true, solvent: false }),
      ))

  it('thaws it again', () =>
    given(alice.holds('10 USD'), alice.bought('1 BTC-PERP at 100 from bob'), price('BTC-PERP', '80'))
      .when(price('BTC-PERP', '90'))
      .then(happenedExactly('PriceTick', 'PoolThawed'), stated({ frozen: false, solvent: true })))

  it('is timed by the ledger, which never goes back', () => {
    const world = take(marketWorld, price('BTC-PERP', '100'))
    const earlier = take({ ...world, clock: world.clock - 60_000 }, price('BTC-PERP', '101'))
    expect(earlier.events.at(-1)).toMatchObject({ at: '2020-03-12T10:00:00.000Z', data: { price: '101' } })
  })
})
