import {
  accepted,
  alice,
  assetParameters,
  bob,
  deposit,
  given,
  happened,
  registerAsset,
  rejected,
  stated,
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
