import type { Dice } from '../engine/dice'
import { quantityOf, quoted, times, unitsFor } from './listed'
import { gold, hasCoins, type Scene, traders } from './scene'
import { parametersOf } from './terms'

/** A member's wish, before it has an id. */
export interface Wish {
  readonly type: string
  readonly data: unknown
  readonly actor?: string
}

const anyTrader = (dice: Dice): string => dice.pick(traders)

/** Sizes that divide a cent evenly: a price can then put their holder exactly on a line. */
const evenSizes = [1, 2, 4, 5, 8, 10, 16, 20, 25, 40, 50, 80] as const

/** How far from the market a trade is dealt: near it, but now and then at a price that is a gift to one of the two. */
const dealt = (dice: Dice): number => (dice.chance(0.03) ? dice.pick([0.5, 0.9, 1.1, 2]) : 0.97 + 0.06 * dice.next())

const trade = (dice: Dice, { traits, listed }: Scene, id: string, prices: ReadonlyMap<string, number>): Wish => {
  const instrument = dice.pick(listed)
  const mark = prices.get(instrument.id) ?? instrument.price
  const buyer = anyTrader(dice)
  const others = traders.filter((trader) => trader !== buyer)
  const most = dice.pick([6, 15, 40])
  const units = traits.has('lines') ? dice.pick(evenSizes) : unitsFor(instrument, 100 * dice.whole(1, most))
  return {
    type: 'ClearTrade',
    data: {
      trade: `t-${id}`,
      instrument: instrument.id,
      buyer,
      seller: dice.chance(0.02) ? buyer : (others[dice.whole(0, others.length - 1)] ?? buyer),
      quantity: quantityOf(instrument, units),
      price: quoted(instrument, times(instrument, mark, dealt(dice))),
    },
  }
}

/** What leaves is mostly little, so that more than margin may stand against it. */
const sizeOf = (dice: Dice, type: 'Deposit' | 'Withdraw'): number =>
  type === 'Withdraw' ? dice.next() ** 3 : dice.next()

const money = (dice: Dice, { traits }: Scene, type: 'Deposit' | 'Withdraw'): Wish => ({
  type,
  data:
    hasCoins(traits) && dice.chance(0.5)
      ? { account: anyTrader(dice), asset: gold, amount: (dice.next() * 15 + 0.001).toFixed(3) }
      : { account: anyTrader(dice), asset: 'USD', amount: (sizeOf(dice, type) * 1500 + 0.01).toFixed(2) },
})

export const misdeeds: readonly [string, ...string[]] = [
  '{"id":',
  '{"id":"x","type":"Bribe","pool":"main","actor":"venue","data":{}}',
  '{"id":"forged","type":"Deleverage","pool":"main","actor":"venue","data":{"liquidation":"a1:1"}}',
  '{"id":"elsewhere","type":"OpenAccount","pool":"other","actor":"venue","data":{"account":"a9"}}',
  '{"id":"exponent","type":"Deposit","pool":"main","actor":"venue","data":{"account":"a1","asset":"USD","amount":"1e9"}}',
]

/** What somebody wants next, as often as people want it: mostly to trade. */
export const wishOf = (dice: Dice, scene: Scene, id: string, prices: ReadonlyMap<string, number>): Wish => {
  const roll = dice.next()
  if (roll < 0.6) return trade(dice, scene, id, prices)
  if (roll < 0.72) return money(dice, scene, 'Withdraw')
  if (roll < 0.8) return money(dice, scene, 'Deposit')
  if (roll < 0.87)
    return {
      type: 'PayFunding',
      actor: 'oracle',
      data: {
        instrument: dice.pick(scene.listed).id,
        rate: dice.pick(['0.001', '-0.002', '0.0003', '0.0123457', '0.4']),
      },
    }
  if (roll < 0.9) return { type: 'SetPoolParameters', actor: 'operator', data: parametersOf(dice, scene.traits) }
  return {
    type: 'FundInsurance',
    actor: 'operator',
    data: { asset: 'USD', amount: '25', tranche: dice.pick(['fund', 'skin-in-the-game']) },
  }
}
