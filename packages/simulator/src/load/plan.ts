import { formatTime, type Millis } from '@novation/events'
import type { Dice } from '../engine/dice'
import type { Weather } from '../engine/weather'
import { house, instruments, settleAll } from './house'
import { marketOf } from './market'
import type { Sending } from './sending'

/** A member's wish, before it has an id. */
interface Wish {
  readonly type: string
  readonly data: unknown
  readonly actor?: string
}

export const traders = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'] as const

const anyTrader = (dice: Dice): string => dice.pick(traders)

const trade = (dice: Dice, id: string, prices: ReadonlyMap<string, number>): Wish => {
  const instrument = dice.pick(instruments)
  const mark = prices.get(instrument) ?? 100
  const buyer = anyTrader(dice)
  const others = traders.filter((trader) => trader !== buyer)
  const most = dice.pick([10, 40, 90])
  return {
    type: 'ClearTrade',
    data: {
      trade: `t-${id}`,
      instrument,
      buyer,
      seller: dice.chance(0.02) ? buyer : (others[dice.whole(0, others.length - 1)] ?? buyer),
      quantity: String(dice.whole(1, most)),
      price: (mark * (0.97 + 0.06 * dice.next())).toFixed(2),
    },
  }
}

const money = (dice: Dice, type: 'Deposit' | 'Withdraw'): Wish => ({
  type,
  data: { account: anyTrader(dice), asset: 'USD', amount: (dice.next() * 1500 + 0.01).toFixed(2) },
})

const misdeeds: readonly [string, ...string[]] = [
  '{"id":',
  '{"id":"x","type":"Bribe","pool":"main","actor":"venue","data":{}}',
  '{"id":"forged","type":"Deleverage","pool":"main","actor":"venue","data":{"liquidation":"a1:1"}}',
  '{"id":"elsewhere","type":"OpenAccount","pool":"other","actor":"venue","data":{"account":"a9"}}',
  '{"id":"exponent","type":"Deposit","pool":"main","actor":"venue","data":{"account":"a1","asset":"USD","amount":"1e9"}}',
]

const wishOf = (dice: Dice, id: string, prices: ReadonlyMap<string, number>): Wish => {
  const roll = dice.next()
  if (roll < 0.62) return trade(dice, id, prices)
  if (roll < 0.74) return money(dice, 'Withdraw')
  if (roll < 0.82) return money(dice, 'Deposit')
  if (roll < 0.88)
    return {
      type: 'PayFunding',
      actor: 'oracle',
      data: { instrument: dice.pick(instruments), rate: dice.pick(['0.001', '-0.002', '0.0003']) },
    }
  return {
    type: 'FundInsurance',
    actor: 'operator',
    data: { asset: 'USD', amount: '25', tranche: dice.pick(['fund', 'skin-in-the-game']) },
  }
}

const textOf = (id: string, { actor = 'venue', ...wish }: Wish): string =>
  JSON.stringify({ id, pool: 'main', actor, ...wish })

/** The same once more, or once with other content under the same id, or three times. */
const echoes = (dice: Dice, text: string): readonly string[] => {
  const roll = dice.next()
  if (roll < 0.06) return [text, text, text]
  if (roll < 0.09) return [text, text.replace(/"(quantity|amount)":"[^"]*"/, '"$1":"7"')]
  return [text]
}

const lastOf = (sendings: readonly Sending[]): number => sendings.at(-1)?.at_ms ?? 0

/** What everybody sends in one world, from the setting up of the house to the last trade, in order of time. */
export const planOf = (dice: Dice, weather: Weather, begin: Millis, steps: number): readonly Sending[] => {
  const sendings: Sending[] = [...house(dice, traders)]
  const market = marketOf(dice.for('market'), weather)
  let at = lastOf(sendings) + 500
  for (let step = 0; step < steps; step += 1) {
    at += dice.chance(0.3) ? dice.whole(0, 50) : dice.whole(500, 9_000)
    for (const { instrument, price, observed_ms } of market.tick(step, at))
      sendings.push({
        at_ms: at,
        text: textOf(`p-${step}-${instrument}`, {
          type: 'PublishPrice',
          actor: 'oracle',
          data: { instrument, price, observedAt: formatTime(begin + observed_ms) },
        }),
      })
    const id = `c-${step}`
    if (dice.chance(0.04)) sendings.push({ at_ms: at, text: dice.pick(misdeeds) })
    for (const [i, text] of echoes(dice, textOf(id, wishOf(dice, id, market.prices()))).entries())
      sendings.push({ at_ms: at + i * dice.whole(0, 3_000), text })
  }
  sendings.push(...settleAll(dice, at, market.prices()))
  return sendings.sort((a, b) => a.at_ms - b.at_ms)
}
