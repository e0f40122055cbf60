import { settled } from './endings'
import { alice, bob, carol, person } from './people'
import { market, prepare } from './scenario'
import { everybodyActs, ticking } from './steps'
import {
  assetPrice,
  callMargin,
  fund,
  funding,
  list,
  parameters,
  price,
  registerAsset,
  startLiquidation,
} from './wishes'
import { emptyWorld, tried, type World } from './world'

/** A little of everything that a pool can hold at one time. */
export const variety: World = prepare(emptyWorld, [
  market,
  registerAsset('ETH', 18, { haircut: '0.15' }),
  list('ETH-PERP', {
    lot: '0.001',
    margin: {
      model: 'tiered',
      tiers: [
        { upTo: '1000', initial: '0.05', maintenance: '0.03' },
        { initial: '0.1', maintenance: '0.06' },
      ],
      openInterestScaling: { lower: '1000', upper: '9000' },
    },
    liquidation: { fee: '0.01', auction: { cutoff: '0.6' } },
  }),
  list('F', { kind: 'future', expiry: '2020-03-12T11:00:00Z', multiplier: '0.1' }),
  list('G'),
  parameters({ waterfall: { skinInTheGame: '5' }, idempotency_s: 86_400 }),
  fund('200 USD'),
  fund('50 USD', 'skin-in-the-game'),
  person('single').opens('isolated'),
  alice.holds('20 USD', '0.5 ETH'),
  bob.holds('1000 USD'),
  carol.holds('10 USD'),
  person('dan').holds('5 USD'),
  person('eve').holds('29 USD'),
  assetPrice('ETH', '100'),
  alice.bought('1 BTC-PERP at 100 from bob'),
  bob.bought('2.5 ETH-PERP at 99.99 from maker'),
  alice.bought('3 F at 10 from bob'),
  carol.bought('1 BTC-PERP at 100 from bob'),
  person('dan').bought('0.5 G at 100 from bob'),
  person('eve').bought('2 BTC-PERP at 100 from bob'),
  funding('BTC-PERP', '0.000123'),
  tried({ ...carol.withdraws('1000 USD'), id: 'too-much' }),
  price('BTC-PERP', '94.5'),
  callMargin('eve'),
  startLiquidation('carol'),
  settled('G', '85'),
])

/** From the first deposit to the last layer of the waterfall, and on. */
export const crash: World = prepare(variety, [
  price('BTC-PERP', '60'),
  everybodyActs,
  ticking('20 min'),
  assetPrice('ETH', '90'),
  price('BTC-PERP', '61'),
  price('ETH-PERP', '95'),
  price('F', '9.9'),
  everybodyActs,
  ticking('45 min'),
])
