import { type Day, type Market, type Moment, momentOf } from './day'
import { type Random, randomOf } from './random'

/** The names and sizes of the real ones. */
const market: Market = {
  lead: { instrument: 'BTC-PERP', places: 2, lot: '0.001' },
  second: { instrument: 'ETH-PERP', places: 3, lot: '0.01' },
  third: { instrument: 'LINK-PERP', places: 5, lot: '1' },
  future: { instrument: 'BTC-0313', places: 2, lot: '0.001' },
}

type Prices = readonly [btc: number, eth: number, link: number]

/**
 * 2020-03-12 and the night after it, by the minute since midnight UTC. BTC 7,938 at the open and 3,621 at the bottom are
 * published figures; the others are published hourly figures rounded. Everything between two anchors is made up.
 */
const anchors: readonly (readonly [minute: number, prices: Prices])[] = [
  [0, [7938, 195, 3.82]],
  [120, [7720, 185, 3.48]],
  [400, [7500, 175, 3.15]],
  [630, [7200, 168, 3.06]],
  [642, [6600, 152, 2.75]],
  [649, [5620, 127, 2.25]],
  [665, [6400, 142, 2.55]],
  [720, [6040, 136, 2.35]],
  [960, [6120, 141, 2.56]],
  [1200, [6030, 138, 2.55]],
  [1380, [5800, 127, 2.28]],
  [1430, [4440, 103, 1.85]],
  [1440, [4760, 108, 2.0]],
  [1500, [4540, 107, 1.86]],
  [1560, [4060, 96.5, 1.64]],
  [1576, [3621, 86, 1.36]],
  [1620, [4800, 112, 1.9]],
  [1680, [5150, 124, 2.1]],
]

/** How far the path strays from the straight line between two anchors, as a part of the price, per root of a minute. */
const stray = 0.0006

/** A walk that comes back to nothing at its end: what is added to the straight line. */
const bridge = (random: Random, steps: number): readonly number[] => {
  let at = 0
  const walk = [0, ...Array.from({ length: steps }, () => (at += random.normal() * stray))]
  return walk.map((value, step) => value - (at * step) / steps)
}

const between = (from: Prices, to: Prices, share: number): Prices => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
]

const midnight = Date.UTC(2020, 2, 12)

/** One stretch from anchor to anchor, without its end. The three stray together, and each a little by itself. */
const stretch = (random: Random, from: (typeof anchors)[number], to: (typeof anchors)[number]): readonly Moment[] => {
  const steps = to[0] - from[0]
  const [all, eth, link] = [bridge(random, steps), bridge(random, steps), bridge(random, steps)]
  return Array.from({ length: steps }, (_, step) => {
    const line = between(from[1], to[1], step / steps)
    const common = all[step] ?? 0
    return momentOf(market, midnight + (from[0] + step) * 60_000, [
      line[0] * (1 + common),
      line[1] * (1 + common + (eth[step] ?? 0) / 2),
      line[2] * (1 + common + (link[step] ?? 0)),
    ])
  })
}

/** A crash day by the minute. The same seed gives the same day. */
export const madeDay = (seed: number): Day => {
  const random = randomOf(seed)
  const stretches = anchors.slice(1).map((to, i) => stretch(random, anchors[i] ?? to, to))
  return {
    market,
    moments: stretches.flat(),
    bar_s: 60,
    calmUntil: 0.36,
    origin: `a made path through the anchors of 2020-03-12 and 13 (seed ${seed})`,
    notes: [],
  }
}
