import type { Dice } from '../engine/dice'
import type { Traits } from './traits'

interface Tier {
  readonly upTo?: string
  readonly initial: string
  readonly maintenance: string
}

/** The margin terms of an instrument, as they are listed. */
export interface MarginOf {
  readonly model: 'tiered'
  readonly tiers: readonly Tier[]
  readonly openInterestScaling?: { readonly lower: string; readonly upper: string }
}

const tiersOf = (dice: Dice, traits: Traits): readonly Tier[] => {
  const { initial, maintenance } = dice.pick<Tier>([
    { initial: '0.1', maintenance: '0.05' },
    { initial: '0.15', maintenance: '0.08' },
    { initial: '0.02', maintenance: '0.01' },
  ])
  const bound = traits.has('bounded') ? dice.pick(['700', '2500', '6000']) : undefined
  const last = (tier: Tier): readonly Tier[] =>
    bound === undefined
      ? [tier]
      : [
          { ...tier, upTo: bound },
          { initial: '0.8', maintenance: '0.4' },
        ]
  return dice.pick<readonly Tier[]>([
    last({ initial, maintenance }),
    [{ upTo: '500', initial, maintenance }, ...last({ initial: '0.2', maintenance: '0.1' })],
    [
      { upTo: '300', initial, maintenance },
      { upTo: '600', initial: '0.2', maintenance: '0.1' },
      ...last({ initial: '0.5', maintenance: '0.25' }),
    ],
  ])
}

/** Margin by tiers; with one more for what is large, or scaled with open interest, where the world has that. */
export const marginTerms = (dice: Dice, traits: Traits): MarginOf => {
  const lower = dice.pick([0, 1_000, 4_000])
  const scaling = { lower: String(lower), upper: String(lower + dice.pick([3_000, 20_000])) }
  return {
    model: 'tiered',
    tiers: tiersOf(dice, traits),
    ...(traits.has('scaling') && dice.chance(0.8) ? { openInterestScaling: scaling } : {}),
  }
}

/** About what a position worth so much is asked at first: no more than that where nobody crowds in beside it. */
export const initialFor = ({ tiers, openInterestScaling }: MarginOf, worth: number): number => {
  let from = 0
  let margin = 0
  for (const { upTo, initial } of tiers) {
    const to = upTo === undefined ? worth : Math.min(Number(upTo), worth)
    margin += Math.max(0, to - from) * Number(initial)
    from = Math.max(from, to)
  }
  return openInterestScaling === undefined ? margin : margin + 0.4 * (worth - margin)
}

/** Times of the auction: short, so that all of it is seen; long, where equity is to cross zero meanwhile or debtors to wait. */
const auctionOf = (dice: Dice, traits: Traits) => {
  const isLong = traits.has('restarts') || traits.has('debtors')
  return {
    start: dice.pick(['1', '0.98', '0.5']),
    cutoff: dice.pick(['0.5', '0.3', '0']),
    fastSeconds: isLong ? dice.whole(10, 40) : dice.pick([0, 0, 2, 5, 10, 15]),
    slowSeconds: isLong ? dice.whole(10, 40) : dice.pick([0, 0, 5, 10, 20, 40]),
    insolventSeconds: isLong ? dice.whole(10, 40) : dice.pick([0, 3, 10, 20, 30]),
  }
}

/** How long a price is fresh, and in how many steps it wears out; soon, where feeds fail. */
const freshness = (dice: Dice, traits: Traits) => {
  const priceTolerance_s = traits.has('outages') ? dice.whole(8, 15) : dice.whole(15, 60)
  return { priceTolerance_s, wear_s: Math.ceil(priceTolerance_s * dice.pick([1, 2.5, 4, 10])) }
}

/** Notice of an end is short, or there is none; where markets are halted, those that nobody tells the price of are dead soon. */
const endings = (dice: Dice, traits: Traits) => ({
  notice_s: traits.has('debtors') ? 0 : dice.pick([0, 5, 20]),
  ...(traits.has('halts') ? { dead_s: dice.pick([0, 100, 300]) } : {}),
})

/** Where prices are held, those that have moved by so much, for so long. */
const belief = (dice: Dice, traits: Traits) =>
  traits.has('holds')
    ? { deviation: dice.pick(['0.03', '0.05', '0.2']), confirm_ms: dice.pick([0, 1_000, 5_000]) }
    : { deviation: '1000000', confirm_ms: 0 }

/** Who pays for a loss, in which order, and how much of anybody's; mostly as much as there is. */
const waterfallOf = (dice: Dice) => ({
  skinInTheGame: dice.pick(['0', '20', '200']),
  deleveraging: dice.pick(['queue', 'pro-rata']),
  ownerShare: dice.pick(['0.25', '0.25', '0', '1']),
  instrumentShare: dice.pick(['2', '2', '0']),
  coinShare: dice.pick(['0.25', '0', '1']),
  window_s: dice.pick([2_592_000, 60]),
  recourse: dice.chance(0.8),
})

/** The terms of a pool; times in seconds, money in the settlement asset. */
export const parametersOf = (dice: Dice, traits: Traits) => ({
  liquidation: {
    buffer: dice.pick(['0', '0.1', '0.25']),
    fee: dice.pick(['0', '0.005', '0.02']),
    premium: dice.pick(['0.1', '0.1', '0.5', '0']),
    keeperTip: dice.pick(['0', '1', '5']),
    keeperShare: dice.pick(['0', '0.2', '1']),
    dust: dice.pick(['0', '10', '300']),
    auction: auctionOf(dice, traits),
  },
  waterfall: waterfallOf(dice),
  size: dice.pick([
    { share: '0.1', floor: '5000' },
    { share: '0.1', floor: '5000' },
    { share: '1', floor: '600' },
  ]),
  maturity_s: dice.pick([43_200, 43_200, 43_200, 20]),
  missedCall: dice.pick(['record', 'reduce']),
  ...(traits.has('debits') ? { debit: dice.pick(['0', '0', '1', '60']) } : {}),
  ...freshness(dice, traits),
  backstop: 'backstop',
  reduceBand: dice.pick(['0.01', '0.05', '1']),
  tradeBand: dice.pick(['0.02', '0.05', '1']),
  settlementBand: dice.pick(['0.05', '0.5', '1']),
  funding: { cap: dice.pick(['0.001', '0.01', '0.05']), interval_s: dice.pick([0, 5, 30]) },
  callPeriod_s: dice.whole(5, 60),
  lossWindow_s: traits.has('debtors') ? dice.whole(5, 25) : dice.whole(5, 120),
  ...endings(dice, traits),
  ...belief(dice, traits),
  ...(traits.has('busts') ? { bust_s: dice.pick([5, 60, 3600]) } : {}),
  ...(traits.has('memory') ? { idempotency_s: dice.whole(20, 50) } : {}),
})
