import { formatTime } from '@novation/events'
import type { Dice } from '../engine/dice'
import type { Weather } from '../engine/weather'
import { crowd } from './crowd'
import { house, settleAll } from './house'
import { marketOf } from './market'
import { begin, gold, instruments, pricedIn, type Scene, traders } from './scene'
import { type Sending, sending } from './sending'
import type { Traits } from './traits'

/** A member's wish, before it has an id. */
interface Wish {
  readonly type: string
  readonly data: unknown
  readonly actor?: string
}

const anyTrader = (dice: Dice): string => dice.pick(traders)

/** Sizes that divide a cent evenly: a price can then put their holder exactly on a line. */
const evenSizes = [1, 2, 4, 5, 8, 10, 16, 20, 25, 40, 50, 80] as const

const trade = (dice: Dice, { traits }: Scene, id: string, prices: ReadonlyMap<string, number>): Wish => {
  const instrument = dice.pick(instruments)
  const mark = prices.get(instrument) ?? 100
  const buyer = anyTrader(dice)
  const others = traders.filter((trader) => trader !== buyer)
  const most = dice.pick([10, 30, 60])
  return {
    type: 'ClearTrade',
    data: {
      trade: `t-${id}`,
      instrument,
      buyer,
      seller: dice.chance(0.02) ? buyer : (others[dice.whole(0, others.length - 1)] ?? buyer),
      quantity: String(traits.has('lines') ? dice.pick(evenSizes) : dice.whole(1, most)),
      price: (mark * (0.97 + 0.06 * dice.next())).toFixed(2),
    },
  }
}

const money = (dice: Dice, { traits }: Scene, type: 'Deposit' | 'Withdraw'): Wish => ({
  type,
  data:
    traits.has('collateral') && dice.chance(0.5)
      ? { account: anyTrader(dice), asset: gold, amount: (dice.next() * 15 + 0.001).toFixed(3) }
      : { account: anyTrader(dice), asset: 'USD', amount: (dice.next() * 1500 + 0.01).toFixed(2) },
})

const misdeeds: readonly [string, ...string[]] = [
  '{"id":',
  '{"id":"x","type":"Bribe","pool":"main","actor":"venue","data":{}}',
  '{"id":"forged","type":"Deleverage","pool":"main","actor":"venue","data":{"liquidation":"a1:1"}}',
  '{"id":"elsewhere","type":"OpenAccount","pool":"other","actor":"venue","data":{"account":"a9"}}',
  '{"id":"exponent","type":"Deposit","pool":"main","actor":"venue","data":{"account":"a1","asset":"USD","amount":"1e9"}}',
]

const wishOf = (dice: Dice, scene: Scene, id: string, prices: ReadonlyMap<string, number>): Wish => {
  const roll = dice.next()
  if (roll < 0.62) return trade(dice, scene, id, prices)
  if (roll < 0.74) return money(dice, scene, 'Withdraw')
  if (roll < 0.82) return money(dice, scene, 'Deposit')
  if (roll < 0.88)
    return {
      type: 'PayFunding',
      actor: 'oracle',
      data: { instrument: dice.chance(0.9) ? 'BTC-PERP' : 'ETH-FUT', rate: dice.pick(['0.001', '-0.002', '0.0003']) },
    }
  return {
    type: 'FundInsurance',
    actor: 'operator',
    data: { asset: 'USD', amount: '25', tranche: dice.pick(['fund', 'skin-in-the-game']) },
  }
}

/**
 * The same once more, or three times; once with other content under the same id; or with other content by another sender,
 * which is another command.
 */
const echoes = (dice: Dice, text: string): readonly string[] => {
  const roll = dice.next()
  const other = text.replace(/"(quantity|amount)":"[^"]*"/, '"$1":"7"')
  if (roll < 0.06) return [text, text, text]
  if (roll < 0.09) return [text, other]
  if (roll < 0.12) return [text, other.replace(/"actor":"[^"]*"/, '"actor":"operator:desk"')]
  return [text]
}

const lastOf = (sendings: readonly Sending[]): number => sendings.at(-1)?.at_ms ?? 0

const isInstrument = (name: string): boolean => (instruments as readonly string[]).includes(name)

/** What everybody sends to one pool, from the setting up of the house to the last trade. */
const planOf = (dice: Dice, weather: Weather, scene: Scene): readonly Sending[] => {
  const { pool, steps, traits } = scene
  const sendings: Sending[] = [...house(dice, scene)]
  const market = marketOf(dice.for('market'), weather, pricedIn(scene))
  let at = lastOf(sendings) + 500
  for (let step = 0; step < steps; step += 1) {
    at += dice.chance(0.3) ? dice.whole(0, 50) : dice.whole(500, 9_000)
    for (const { name, price, observed_ms } of market.tick(step, at)) {
      const data = { price, observedAt: formatTime(begin + observed_ms) }
      const of = isInstrument(name) ? { instrument: name } : { asset: name }
      sendings.push(sending(pool, at, `p-${step}-${name}`, 'PublishPrice', { ...of, ...data }, 'oracle'))
    }
    if (step === 0 && traits.has('crowd')) sendings.push(...crowd(pool, dice.for('crowd'), at + 500))
    const id = `c-${step}`
    if (dice.chance(0.04)) sendings.push({ at_ms: at, key: pool, text: dice.pick(misdeeds) })
    const { type, data, actor = 'venue' } = wishOf(dice, scene, id, market.prices())
    for (const [i, text] of echoes(dice, sending(pool, at, id, type, data, actor).text).entries())
      sendings.push({ at_ms: at + i * dice.whole(0, 3_000), key: pool, text })
  }
  return [...sendings, ...settleAll(dice, scene, at, market.prices())]
}

const steps = 28

/** With a crowd there is enough to do. */
const stepsInCrowd = 6

/** What everybody sends in one world, to all its pools, in order of time. */
export const planFor = (dice: Dice, weather: Weather, traits: Traits, pools: readonly string[]): readonly Sending[] =>
  pools
    .flatMap((pool, i) => {
      // The crowd is in one pool only.
      const own: Traits = i === 0 ? traits : new Set([...traits].filter((trait) => trait !== 'crowd'))
      const each = Math.ceil((own.has('crowd') ? stepsInCrowd : steps) / pools.length)
      return planOf(dice.for(pool), weather, { pool, steps: each, traits: own })
    })
    .sort((a, b) => a.at_ms - b.at_ms)
