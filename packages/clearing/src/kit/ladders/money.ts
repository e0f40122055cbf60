import { settled } from '../endings'
import { alice, bob, carol, dave, person } from '../people'
import { after } from '../steps'
import {
  bust,
  deposit,
  fund,
  list,
  open,
  parameters,
  price,
  registerAsset,
  setState,
  startLiquidation,
  trade,
  withdraw,
} from '../wishes'
import type { Wish } from '../world'
import { type Ladder, rung } from './ladder'

const future = { kind: 'future', expiry: '2020-03-12T11:00:00Z', lot: '1' } as const
const [single, closing, poor] = [person('single'), person('closing'), person('poor')]

const deal = (name: string, instrument: string, sides: string, size: string): Wish => {
  const [buyer = '', seller = ''] = sides.split(' ')
  const [quantity = '', at = ''] = size.split(' at ')
  return trade({ trade: name, instrument, buyer, seller, quantity, price: at })
}

export const moneyLadders: readonly Ladder[] = [
  {
    command: 'Deposit',
    given: [registerAsset('EUR', 1, { cap: '7' }), open('alice')],
    rungs: [
      rung('unknown-account', deposit('nobody', '-0.001 XXX')),
      rung('unknown-asset', deposit('alice', '-0.001 XXX')),
      rung('unknown-asset', deposit('alice', '-0.001 BTC-PERP')),
      rung('too-many-places', deposit('alice', '-0.001 USD')),
      rung('not-positive', deposit('alice', '-0.01 USD')),
      rung('over-cap', deposit('alice', '7.1 EUR')),
      rung('accepted', deposit('alice', '7 EUR')),
    ],
  },
  {
    command: 'Withdraw',
    // alice is bankrupt and under liquidation, which freezes the pool; bob holds 5 BTC-PERP short, and all prices grow stale
    given: [
      alice.holds('100 USD'),
      bob.holds('100 USD'),
      alice.bought('5 BTC-PERP at 100 from bob'),
      price('BTC-PERP', '50'),
      startLiquidation('alice'),
      after('1 h'),
    ],
    rungs: [
      rung('unknown-account', withdraw('nobody', '-0.001 XXX')),
      rung('unknown-asset', withdraw('alice', '-0.001 XXX')),
      rung('too-many-places', withdraw('alice', '-0.001 USD')),
      rung('not-positive', withdraw('alice', '-0.01 USD')),
      rung('under-liquidation', withdraw('alice', '1000 USD')),
      rung('insufficient-balance', withdraw('bob', '1000 USD')),
      rung('held-back', withdraw('bob', '100 USD')),
      rung('accepted', withdraw('bob', '10 USD')),
    ],
  },
  {
    command: 'Withdraw',
    // bob has 600 in cash, 500 of it new, of which alice owes him 400; the fund of 200 is not his; no risk is left to others
    given: [
      alice.holds('100 USD'),
      bob.holds('100 USD'),
      carol.holds('150 USD'),
      list('ETH-PERP'),
      fund('200 USD'),
      alice.bought('10 BTC-PERP at 100 from bob'),
      price('BTC-PERP', '50'),
      bob.bought('10 BTC-PERP at 50 from carol'),
      bob.bought('5 ETH-PERP at 100 from carol'),
      parameters({ size: { share: '0', floor: '0' } }),
    ],
    rungs: [
      rung('insufficient-balance', withdraw('bob', '600.01 USD')),
      rung('not-matured', withdraw('bob', '580 USD')),
      rung('no-liquidity', withdraw('bob', '580 USD'), after('1 d')),
      rung('held-back', withdraw('bob', '580 USD'), dave.holds('1000 USD')),
      rung('insufficient-margin', withdraw('bob', '580 USD'), fund('100 USD')),
      rung('too-large', withdraw('bob', '580 USD'), bob.deposits('190 USD')),
      rung('accepted', withdraw('bob', '580 USD'), bob.deposits('200 USD')),
    ],
  },
  {
    command: 'BustTrade',
    // `single` is isolated, and holds G by now; what was dealt in S is settled; `late` could be busted for a minute
    given: [
      list('G'),
      list('S'),
      price('G', '100'),
      price('S', '100'),
      single.opens('isolated'),
      single.holds('1000 USD'),
      closing.holds('10 USD'),
      poor.holds('1000 USD'),
      bob.holds('100000 USD'),
      price('BTC-PERP', '100'),
      deal('gone', 'BTC-PERP', 'bob poor', '0.1 at 100'),
      bust('gone'),
      deal('apart', 'S', 'single bob', '1 at 100'),
      deal('back', 'S', 'bob single', '1 at 100'),
      deal('now', 'G', 'single bob', '1 at 100'),
      deal('over', 'S', 'bob poor', '1 at 100'),
      settled('S', '100'),
      deal('closing', 'BTC-PERP', 'closing bob', '1 at 100'),
      deal('less', 'BTC-PERP', 'bob closing', '0.1 at 100'),
      parameters({ bust_s: 60 }),
      deal('late', 'BTC-PERP', 'poor bob', '9 at 100'),
      parameters({ bust_s: 7_200 }),
      deal('fine', 'BTC-PERP', 'poor bob', '1 at 100'),
      price('BTC-PERP', '93'),
      startLiquidation('closing'),
      after('3 min'),
    ],
    rungs: [
      rung('unknown-trade', bust('nobody-knows')),
      rung('unknown-trade', bust('gone')),
      rung('isolated-account', bust('back')),
      rung('not-trading', bust('over')),
      rung('under-liquidation', bust('less')),
      rung('too-late', bust('late')),
      rung('stale-price', bust('fine')),
      rung('accepted', bust('fine'), price('BTC-PERP', '93')),
    ],
  },
  {
    command: 'ClearTrade',
    // `single` is isolated in BTC-PERP, `closing` under liquidation there, `poor` has nothing; F has expired, G has no price
    given: [
      list('F', future),
      list('G', { lot: '1' }),
      list('R', { lot: '1' }),
      setState('R', 'reduce-only'),
      single.opens('isolated'),
      single.holds('1000 USD'),
      closing.holds('10 USD'),
      poor.holds('1 USD'),
      single.bought('1 BTC-PERP at 100 from bob'),
      closing.bought('1 BTC-PERP at 100 from bob'),
      { type: 'ClearTrade', id: 'first', data: deal('t-1', 'BTC-PERP', 'bob single', '0.1 at 100').data },
      price('BTC-PERP', '94'),
      startLiquidation('closing'),
      after('2 h'),
    ],
    rungs: [
      rung('unknown-account', deal('t-1', 'XXX', 'nobody nobody', '-0.5 at 0')),
      rung('unknown-account', deal('t-1', 'XXX', 'single nobody', '-0.5 at 0')),
      rung('unknown-instrument', deal('t-1', 'XXX', 'single single', '-0.5 at 0')),
      rung('duplicate-trade', deal('t-1', 'F', 'single single', '-0.5 at 0')),
      rung('not-positive', deal('t-2', 'F', 'single single', '-0.5 at 0')),
      rung('not-positive', deal('t-2', 'F', 'single single', '0.5 at 0')),
      rung('not-positive', deal('t-2', 'F', 'single single', '0 at 100')),
      rung('not-a-lot', deal('t-2', 'F', 'single single', '0.5 at 100')),
      rung('self-trade', deal('t-2', 'F', 'single single', '1 at 100')),
      rung('isolated-account', deal('t-2', 'F', 'single closing', '1 at 100')),
      rung('isolated-account', deal('t-2', 'F', 'closing single', '1 at 100')),
      rung('not-trading', deal('t-2', 'F', 'poor closing', '1 at 100')),
      rung('reduce-only', deal('t-2', 'R', 'poor closing', '1 at 100')),
      rung('under-liquidation', deal('t-2', 'G', 'poor closing', '1 at 100')),
      rung('under-liquidation', deal('t-2', 'G', 'closing poor', '1 at 100')),
      rung('stale-price', deal('t-2', 'G', 'poor bob', '1 at 100')),
      rung('insufficient-margin', deal('t-2', 'G', 'poor bob', '1 at 100'), price('G', '100')),
      rung('accepted', deal('t-2', 'G', 'dave bob', '1 at 100'), dave.holds('1000 USD')),
    ],
  },
  {
    command: 'ClearTrade',
    // poor would buy at ten times the mark, and then at less than twice of it, which is more than he may give up
    given: [
      parameters({ tradeBand: '1' }),
      price('BTC-PERP', '10'),
      poor.holds('1 USD'),
      bob.holds('100 USD'),
      after('121 s'),
    ],
    rungs: [
      rung('beyond-band', deal('t-1', 'BTC-PERP', 'poor bob', '1 at 100')),
      rung('stale-price', deal('t-1', 'BTC-PERP', 'poor bob', '1 at 15')),
    ],
  },
  {
    command: 'ClearTrade',
    given: [price('BTC-PERP', '10'), poor.holds('1 USD'), bob.holds('100 USD')],
    rungs: [
      rung('beyond-band', deal('t-1', 'BTC-PERP', 'poor bob', '1 at 15')),
      rung('insufficient-margin', deal('t-1', 'BTC-PERP', 'poor bob', '2 at 10')),
      rung('accepted', deal('t-1', 'BTC-PERP', 'poor bob', '1 at 10')),
    ],
  },
]
