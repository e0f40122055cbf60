import {
  accepted,
  as,
  given,
  givenNothing,
  happened,
  happenedExactly,
  moved,
  nothingHappened,
  pool,
  refused,
  registerAsset,
  rejected,
  stated,
} from '../kit'

describe('register asset', () => {
  it('begins a pool with its settlement asset', () =>
    givenNothing()
      .when(registerAsset('USD', 2, { settlement: true }))
      .then(
        accepted,
        happenedExactly('AssetRegistered'),
        happened('AssetRegistered', { asset: 'USD', decimals: 2, haircut: '0', settlement: true }),
        moved({}),
        pool(({ settlementAsset }) => expect(settlementAsset).toBe('USD')),
        stated({ assets: [expect.objectContaining({ asset: 'USD', custody: '0', imbalance: '0' })] }),
      ))

  it('is collateral only, unless said otherwise', () =>
    given()
      .when(registerAsset('ETH', 18, { haircut: '0.15' }))
      .then(happened('AssetRegistered', { asset: 'ETH', decimals: 18, haircut: '0.15', settlement: false })))

  it('takes whole assets, and assets of 18 places', () => {
    given().when(registerAsset('JPY', 0)).then(accepted)
    given().when(registerAsset('ETH', 18)).then(accepted)
  })

  it('knows one settlement asset', () =>
    given()
      .when(registerAsset('EUR', 2, { settlement: true }))
      .then(rejected('bad-parameter')))

  it('cuts nothing from the settlement asset', () =>
    givenNothing()
      .when(registerAsset('USD', 2, { settlement: true, haircut: '0.1' }))
      .then(
        rejected('bad-parameter'),
        pool(({ settlementAsset }) => expect(settlementAsset).toBeUndefined()),
      ))

  it('takes haircuts from nothing to all', () => {
    given()
      .when(registerAsset('A', 2, { haircut: '1' }))
      .then(accepted)
    given()
      .when(registerAsset('A', 2, { haircut: '1.000000000000000001' }))
      .then(rejected('bad-parameter'))
    given()
      .when(registerAsset('A', 2, { haircut: '-0.000000000000000001' }))
      .then(rejected('bad-parameter'))
  })

  it('gives no name twice, to whichever it belongs', () => {
    given().when(registerAsset('USD', 2)).then(rejected('name-taken'))
    given().when(registerAsset('BTC-PERP', 2)).then(rejected('name-taken'))
  })

  it('is the operator’s', () =>
    given()
      .when(as('venue', registerAsset('ETH', 18)))
      .then(refused('not-permitted'), nothingHappened))
})
