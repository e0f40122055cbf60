import { formatTime } from '@novation/events'
import type { Dice } from '../engine/dice'
import { type Listed, quantityOf, quoted, unitsFor } from './listed'
import { begin, type Scene } from './scene'
import { type Sending, sending } from './sending'
import { initialFor } from './terms'

/** A price that is to move by a factor, so long after the script begins. */
export interface Move {
  readonly after_ms: number
  readonly name: string
  readonly factor: number
}

/** Something with a plot: what is sent (after the script begins), and the prices it needs. */
export interface Script {
  readonly sendings: readonly Sending[]
  readonly moves: readonly Move[]
}

/** Who stands on the other side of everybody in a script, with enough for it. */
const rich = 'y1'

interface Part {
  readonly account: string
  readonly holds: readonly Listed[]
}

type Prices = ReadonlyMap<string, number>

const traded_ms = 1_500

/** What somebody brings who buys so much of each: little more than the initial margin. */
const stakeOf = (holds: readonly Listed[], worth: number): number =>
  holds.reduce((stake, { margin }) => stake + 1.1 * initialFor(margin, worth) + 5, 0)

/** Everybody buys (or sells) so much of each, and has little more than the margin for it. */
const takingOn = (
  { pool, traits }: Scene,
  prices: Prices,
  isLong: boolean,
  worth: number,
  parts: readonly Part[],
): readonly Sending[] => [
  sending(pool, 0, `open-${rich}`, 'OpenAccount', { account: rich }),
  sending(pool, 500, `in-${rich}`, 'Deposit', { account: rich, asset: 'USD', amount: '60000' }),
  ...parts.flatMap(({ account, holds }) => [
    sending(pool, 0, `open-${account}`, 'OpenAccount', { account, ...(traits.has('owners') ? { owner: 'ann' } : {}) }),
    sending(pool, 500, `in-${account}`, 'Deposit', {
      account,
      asset: 'USD',
      amount: stakeOf(holds, worth).toFixed(2),
    }),
    ...holds.map((each) => {
      const id = `${account}-${each.id}`
      const price = prices.get(each.id) ?? each.price
      const [buyer, seller] = isLong ? [account, rich] : [rich, account]
      const quantity = quantityOf(each, unitsFor({ ...each, price }, worth))
      const data = { trade: id, instrument: each.id, buyer, seller, quantity, price: quoted(each, price) }
      return sending(pool, traded_ms, id, 'ClearTrade', data, 'venue')
    }),
  ]),
]

/** The factor of a price that costs a holder of so much his stake, so many times over. */
const costing = (isLong: boolean, each: Listed, worth: number, times: number): number => {
  const part = (stakeOf([each], worth) * times) / worth
  return isLong ? Math.max(0.05, 1 - part) : 1 + part
}

const times = [0.62, 0.75, 0.9, 1.02, 1.3] as const

/** Two who hold two positions each against one counterparty; then two prices go against them at one moment. */
export const pairs = (dice: Dice, scene: Scene, prices: Prices): Script => {
  const isLong = dice.chance(0.5)
  const worth = dice.whole(1_200, 2_600)
  const holds = scene.listed.slice(0, 2)
  const after_ms = traded_ms + dice.whole(500, 3_000)
  return {
    sendings: takingOn(scene, prices, isLong, worth, [
      { account: 'x1', holds },
      { account: 'x2', holds },
    ]),
    moves: holds.map((each) => ({ after_ms, name: each.id, factor: costing(isLong, each, worth, dice.pick(times)) })),
  }
}

/**
 * One is insolvent and up for auction for a while; meanwhile two others lose more than they have, one after the other, in
 * markets that end, and owe: their losses wait for the auction, but no longer than the older one's window.
 */
export const debtors = (dice: Dice, scene: Scene, prices: Prices, from: number): Script => {
  const isLong = dice.chance(0.5)
  const worth = dice.whole(1_200, 2_600)
  const [first, second = first, third = second] = scene.listed
  const at = traded_ms + 1_000
  const falls = (after_ms: number, each: Listed): Move => ({
    after_ms,
    name: each.id,
    factor: costing(isLong, each, worth, dice.pick([1.2, 2])),
  })
  const ends = ({ after_ms, name }: Move): Sending =>
    sending(scene.pool, after_ms, `end-${name}`, 'DelistInstrument', {
      instrument: name,
      at: formatTime(begin + from + after_ms + dice.whole(500, 4_000)),
    })
  const later = [falls(at + dice.whole(500, 2_000), second), falls(at + dice.whole(3_000, 20_000), third)]
  return {
    sendings: [
      ...takingOn(scene, prices, isLong, worth, [
        { account: 'x3', holds: [first] },
        { account: 'x4', holds: [second] },
        { account: 'x5', holds: [third] },
      ]),
      ...later.map(ends),
    ],
    moves: [falls(at, first), ...later],
  }
}
