import { usualModel } from '@novation/events'
import { alike, from } from '@novation/risk/kit'
import {
  alice,
  assetPrice,
  bob,
  given,
  happened,
  listOption,
  optionMarket,
  partsOf,
  registerAsset,
  rejected,
  riskModel,
  settleVariation,
  surface,
} from '../kit'
import { asAnna, setIndex, withSources } from '../kit/oracle'

// Each of these ends by deciding all of it again, from the commands as they are stored, and half of it in a book that holds all that
// it holds the other way round.

const reason = (text: string) => happened('CommandRejected', { reason: expect.stringContaining(text) })

const btc = { index: 'BTC-USD', quorum: 5, sources: alike(7) }

describe('a ledger that was honest was not sound', () => {
  it('where the conversions of an index came in another order than that of names, and two were unknown', () =>
    given(withSources('s1'))
      .when(asAnna(setIndex({ ...btc, conversions: { USDT: 'Z-USD', USDC: 'A-USD' } })))
      .then(rejected('unknown-index'), reason('no index A-USD')))

  it('where the numbers of a model came in another order than that of names, and two were below zero', () =>
    given(registerAsset('BTC', 8))
      .when(riskModel('BTC', { volatility: { ...usualModel.volatility, up: '-1', down: '-1' } }))
      .then(rejected('bad-parameter'), reason('volatility.down')))
})

describe('a ledger that was opened from a snapshot decided another event than one that was folded', () => {
  it('where a surface was bad at the strikes of several series, not listed in the order of their names', () =>
    given(optionMarket, listOption('M', '110 call'), listOption('A', '120 call'), listOption('Z', '130 call'))
      .when(
        surface({
          points: [
            { strike: '100', volatility: '0.8' },
            { strike: '110', volatility: '6' },
          ],
        }),
      )
      .then(rejected('bad-surface'), reason('at 110')))

  it('where a source quoted in another currency for two indices, not set in the order of their names', () =>
    given(
      withSources('s1', 's2'),
      asAnna(setIndex({ ...btc, index: 'BTC-USD' })),
      asAnna(setIndex({ ...btc, index: 'BTC-EUR', sources: from('a*1 b*1 c*1 d*1 e*1 f*1 g*1') })),
    )
      .when(asAnna(setIndex({ ...btc, index: 'BTC-GBP', sources: from('s1*1 a*1 b*1 c*1 s2*1 s3*1 s4*1') })))
      .then(rejected('bad-parameter'), reason('for BTC-EUR')))

  it('where profit and loss of two series were made cash in parts, not listed in the order of their names', () =>
    given(
      partsOf(2, 1),
      optionMarket,
      listOption('A', '90 call'),
      alice.holds('1000 USD'),
      bob.holds('1000 USD'),
      alice.buys('2 CALL at 8 from bob'),
      alice.buys('1 A at 14 from bob'),
      assetPrice('BTC', '101'),
    )
      .when(settleVariation())
      .then(happened('BulkStarted', { instruments: ['A', 'CALL', 'PUT'] })))
})
