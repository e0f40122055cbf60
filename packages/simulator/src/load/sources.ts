import type { Dice } from '../engine/dice'
import { pricedIn, type Scene } from './scene'
import { type Sending, sending } from './sending'
import type { Traits } from './traits'

/** Whether prices are made of what sources sign in such a world. */
export const hasSources = (traits: Traits): boolean =>
  traits.has('sources') || traits.has('liars') || traits.has('carrier') || traits.has('oracles')

/** Whether oracles carry what is signed. A quote is of no pool: where there are two, with prices of their own, one source would say two truths. */
export const hasOracles = (traits: Traits): boolean => traits.has('oracles') && !traits.has('pools')

/** What some sources quote everything in; it has an index of its own, by which that is converted. */
export const otherCurrency = 'USDT'

/** Who lies has a name that says so, for whoever looks on: nobody in the pool reads it. */
export const isLiar = (source: string): boolean => source.startsWith('liar')

/** The sources of a world: who weighs how much, and in what they quote. Two of seven may lie, and weigh less than half the quorum together. */
export const sourcesIn = (traits: Traits) => [
  { source: 'source-1', weight: 2 },
  { source: 'source-2', weight: 2 },
  { source: 'source-3', weight: 1, currency: otherCurrency },
  { source: 'source-4', weight: 1, currency: otherCurrency },
  { source: 'source-5', weight: 1 },
  ...['1', '2'].map((nth, i) => ({ source: traits.has('liars') ? `liar-${nth}` : `source-${6 + i}`, weight: 1 })),
]

const quorum = 6

/** Finer than any price of a world, so that the middle of two is never rounded away. */
const places = 16

const day_ms = 86_400_000

/** Everything with a price has an index of its name, on terms that are drawn. */
export const indices = (dice: Dice, scene: Scene): readonly Sending[] => {
  const { pool, traits } = scene
  if (!hasSources(traits)) return []
  const sources = sourcesIn(traits)
  const inOwn = sources.map(({ source, weight }) => ({ source, weight }))
  const terms = () => ({
    deviation: dice.pick(['0.05', '0.3', '1']),
    confirm_ms: dice.pick([500, 3_000]),
    slow_ms: dice.pick([500, 15_000]),
    epoch_ms: dice.pick([10_000, 3_600_000]),
    freshness_ms: dice.pick([10_000, 30_000]),
    tolerance_ms: dice.pick([20_000, 60_000]),
  })
  const set = (at_ms: number, base: string, more: object): Sending =>
    sending(pool, at_ms, `index-${base}`, 'SetIndex', {
      ...{ index: base, base, currency: 'USD', places, quorum, sources: inOwn },
      ...terms(),
      ...more,
    })
  return [
    set(300, otherCurrency, { tolerance_ms: 20_000 }),
    ...pricedIn(scene).map(({ id }) => set(600, id, { sources, conversions: { [otherCurrency]: otherCurrency } })),
  ]
}

/** What the other currency is worth at a time: about one, and for a while less. */
export const worthOf = (at: number): number => {
  const phase = (at % day_ms) / 40_000
  return 1 + 0.002 * Math.sin(phase) - (Math.floor(phase) % 5 === 4 ? 0.03 : 0)
}
