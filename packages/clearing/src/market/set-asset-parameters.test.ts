import {
  accepted,
  alice,
  assetParameters,
  assetPrice,
  bob,
  deposit,
  everybodyActs,
  given,
  happened,
  minutes,
  parameters,
  price,
  registerAsset,
  rejected,
  type Step,
  stated,
  type Wish,
  withdraw,
} from '../kit'

const eth = registerAsset('ETH', 8, { haircut: '0.1' })
const capped = [eth, assetParameters('ETH', { cap: '50' }), alice.opens(), bob.opens()]

describe('the cap of an asset', () => {
  it('lets in so much of it, from all together, and not a unit more', () => {
    given(...capped, alice.holds('48 ETH'))
      .when(deposit('bob', '3 ETH'))
      .then(rejected('over-cap'))
    given(...capped, alice.holds('48 ETH'))
      .when(deposit('bob', '2 ETH'), deposit('bob', '0.00000001 ETH'))
      .then(
        rejected('over-cap'),
        stated({ assets: [expect.objectContaining({ asset: 'ETH', custody: '50' }), expect.anything()] }),
      )
  })

  it('has room again for what was withdrawn', () =>
    given(...capped, alice.holds('50 ETH'), withdraw('alice', '1 ETH'))
      .when(deposit('bob', '1 ETH'))
      .then(accepted))

  it('may be set below what is in: that stays, is worth what it was, and may leave', () => {
    const lowered = [...capped, alice.holds('50 ETH'), assetParameters('ETH', { cap: '1' })]
    given(...lowered)
      .when(deposit('alice', '1 ETH'))
      .then(rejected('over-cap'))
    given(...lowered)
      .when(withdraw('alice', '50 ETH'))
      .then(accepted)
  })

  it('may be said when the asset is registered, and of the settlement asset as well', () => {
    given(registerAsset('ETH', 8, { cap: '1' }), alice.opens())
      .when(deposit('alice', '1.1 ETH'))
      .then(rejected('over-cap'))
    given(assetParameters('USD', { cap: '10' }), alice.opens())
      .when(deposit('alice', '10.01 USD'))
      .then(rejected('over-cap'))
  })

  it('stays what it was where nothing is said of it', () =>
    given(...capped, alice.holds('50 ETH'))
      .when(assetParameters('ETH', {}), deposit('bob', '1 ETH'))
      .then(happened('AssetParametersSet', { asset: 'ETH' }), rejected('over-cap')))

  it.each(['-1', '0.000000001'])('is not %s', (cap) => {
    given(eth).when(assetParameters('ETH', { cap })).then(rejected('bad-parameter'))
    given()
      .when(registerAsset('ETH', 8, { cap }))
      .then(rejected('bad-parameter'))
  })
})

/** Alice holds 20 at 100, at 5 % maintenance, with 1000 in a coin of haircut 10 %: initial margin 300, maintenance 200. */
const pledged = [
  eth,
  assetPrice('ETH', '100'),
  alice.holds('10 ETH'),
  bob.holds('10000 USD'),
  alice.bought('20 BTC-PERP at 100 from bob'),
]
const goesOn = (count: number): readonly (Step | Wish)[] => [
  ...minutes(count, price('BTC-PERP', '100'), assetPrice('ETH', '100')),
  everybodyActs,
]
const types = (events: readonly { readonly type: string }[]): readonly string[] => events.map(({ type }) => type)

describe('the haircut of an asset', () => {
  it('counts for new risk at once, and for a liquidation only once a call has run out', () => {
    const raised = [...pledged, assetParameters('ETH', { haircut: '0.95' })]
    given(...pledged)
      .when(assetParameters('ETH', { haircut: '0.95' }))
      .then(
        happened('AssetParametersSet', { asset: 'ETH', haircut: '0.95', from: '2020-03-12T11:00:00.000Z' }),
        alice.stands({ initialMargin: '1150', maintenanceMargin: '200', status: 'restricted' }),
        stated({ open: [{ what: 'terms', id: 'ETH', due: '2020-03-12T11:00:00.000Z' }] }),
      )
    given(...raised)
      .when(everybodyActs, ...goesOn(59))
      .then(happened('MarginCall', { account: 'alice', amount: '150' }), ({ happened: events }) =>
        expect(types(events)).not.toContain('LiquidationStarted'),
      )
    given(...raised, ...goesOn(60)).then(
      alice.stands({ maintenanceMargin: '1050' }),
      stated({ open: expect.arrayContaining([expect.objectContaining({ what: 'liquidation' })]) }),
    )
  })

  it('counts at once where it falls', () =>
    given(...pledged)
      .when(assetParameters('ETH', { haircut: '0' }))
      .then(alice.stands({ initialMargin: '205', maintenanceMargin: '105' })))

  it('has notice too where the fee for selling it rises above it', () => {
    const raised = [...pledged, parameters({ liquidation: { fee: '0.95' } })]
    given(...raised).then(alice.stands({ initialMargin: '1150', maintenanceMargin: '200' }))
    given(...raised, ...goesOn(59)).then(alice.stands({ maintenanceMargin: '200' }))
    given(...raised, ...goesOn(60)).then(alice.stands({ maintenanceMargin: '1050' }))
  })

  it('has had its notice when it is taken back and set again: the lower one counts as long again', () =>
    given(
      ...pledged,
      assetParameters('ETH', { haircut: '0.95' }),
      ...goesOn(30),
      assetParameters('ETH', { haircut: '0.1' }),
      assetParameters('ETH', { haircut: '0.95' }),
      ...goesOn(59),
    ).then(alice.stands({ maintenanceMargin: '200' })))

  it.each(['-0.1', '1.1'])('is not %s', (haircut) =>
    given(eth).when(assetParameters('ETH', { haircut })).then(rejected('bad-parameter')),
  )

  it('is none of the settlement asset', () => {
    given()
      .when(assetParameters('USD', { haircut: '0.1' }))
      .then(rejected('bad-parameter'))
    given()
      .when(assetParameters('USD', { haircut: '0' }))
      .then(accepted)
  })
})

describe('the share of the layers that bears what is lost on a coin', () => {
  it.each(['-0.1', '1.1'])('is not %s, here and when it is registered', (coinShare) => {
    given(eth).when(assetParameters('ETH', { coinShare })).then(rejected('bad-parameter'))
    given()
      .when(registerAsset('ETH', 8, { coinShare }))
      .then(rejected('bad-parameter'))
  })
})
