import * as fc from 'fast-check'
import {
  alice,
  all,
  assetPrice,
  bob,
  carol,
  checkLaws,
  everybodyActs,
  forward,
  list,
  marketWorld,
  optionMarket,
  passed,
  prepare,
  price,
  type Step,
  settleVariation,
  take,
  tried,
  volatility,
  type Wish,
} from '../kit'
import { judgeAll } from '../proof/snapshot'
import type { Pool } from '../state/pool'

/** A portfolio, an account whose options are margined alone, and who has the other sides. */
const world = prepare(marketWorld, [
  optionMarket,
  list('BTC-USD-PERP', { underlying: 'BTC' }),
  price('BTC-USD-PERP', '100'),
  alice.opens('portfolio'),
  all(alice.holds('20 USD', '0.05 BTC'), bob.holds('30 USD'), carol.holds('1000 USD')),
  alice.buys('1 BTC-USD-PERP at 100 from carol'),
  alice.sells('1 CALL at 7.6 to carol'),
  alice.buys('1 PUT at 3.1 from bob'),
  bob.sells('1 CALL at 7.6 to carol'),
])

const amount = (from: number, to: number) =>
  fc.integer({ min: from * 100, max: to * 100 }).map((hundredths) => String(hundredths / 100))

/** What may happen to a market, and to those in it. */
const happening: fc.Arbitrary<Step | Wish> = fc.oneof(
  amount(60, 160).map((index) => assetPrice('BTC', index)),
  amount(60, 160).map((at) => forward(at)),
  amount(0.2, 3).map((level) => volatility(level)),
  amount(60, 160).map((mark) => price('BTC-USD-PERP', mark)),
  fc.constantFrom('1 s', '60 s', '150 s', '400 s').map((time) => passed(time)),
  fc.constant(everybodyActs),
  fc.constant(settleVariation()),
  amount(1, 10).map((worth) => alice.deposits(`${worth} USD`)),
)

const standing = ({ standing: { duties, bankrupt } }: Pool): string =>
  JSON.stringify([Object.entries(duties).map(([duty, ids]) => [duty, [...ids].sort()]), [...bankrupt].sort()])

describe('random histories of index, forward, surface and time', () => {
  it('leave everybody standing where a look at everybody finds them, after each event, and keep every law', () =>
    fc.assert(
      fc.property(fc.array(happening, { minLength: 1, maxLength: 14 }), (steps) => {
        let now = world
        for (const step of steps) {
          now = take(now, tried(step))
          expect(standing(now.pool)).toBe(standing(judgeAll(now.pool)))
        }
        checkLaws(now)
      }),
      { numRuns: 12 },
    ))
})
