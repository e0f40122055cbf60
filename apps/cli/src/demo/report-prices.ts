import { readable } from '../report/amounts'
import { table } from '../report/table'
import type { Feed } from './feed'
import {
  type Distance,
  type IndexTally,
  type Liquidation,
  type PriceTally,
  priceAt,
  type SourceTally,
} from './price-tally'

const shown = (number: number): string => readable(String(number), 0)
const clockTime = (time: string): string => time.slice(5, 16).replace('T', ' ')
const basisPoints = (share: number): string => `${(share * 10_000).toFixed(1)} bp`

const placesIn = (price: string): number => price.split('.')[1]?.length ?? 0

const farthest = ({ share, at, price, real }: Distance): readonly string[] => [
  basisPoints(share),
  `${clockTime(at)}: ${price}, and really ${real.toFixed(placesIn(price))}`,
]

/** Rounds that made no price of an index: too few were heard, or one is held that waits to be confirmed. */
const without = (rounds: number, { ticks, held }: IndexTally): number => Math.max(0, rounds - ticks - held)

const indices = ({ rounds, indices: all }: PriceTally): string =>
  table(
    ['index', 'ticks#', 'held#', 'no price#', 'farthest#', 'from what it really was'],
    [...all].map(([index, each]) => [
      index,
      shown(each.ticks),
      shown(each.held),
      shown(without(rounds, each)),
      ...(each.farthest === undefined ? ['', ''] : farthest(each.farthest)),
    ]),
  )

/** Quotes that counted for nothing, but for what came from who is not heard any more. */
const ignoredIn = ({ ignored }: SourceTally): string =>
  Object.entries(ignored)
    .filter(([why]) => why !== 'suspended')
    .map(([why, count]) => `${why} ${shown(count)}`)
    .join(', ')

const sources = ({ sources: all }: PriceTally, { names }: Feed): string =>
  table(
    ['source', 'quotes used#', 'off#', 'counted half#', 'what came of it'],
    names.map(({ source, isLiar }) => {
      const each = all.get(source)
      const remarks = [
        ...(isLiar ? ['lies'] : []),
        ...(each?.suspended === undefined ? [] : [`signed two truths at ${clockTime(each.suspended)}: suspended`]),
        ...(each?.bond === undefined ? [] : [`its bond of ${readable(each.bond)} went to the insurance fund`]),
        ...(each === undefined || ignoredIn(each) === '' ? [] : [`ignored: ${ignoredIn(each)}`]),
      ]
      const { rounds = 0, off = 0, halved = 0 } = each ?? {}
      return [source, shown(rounds), shown(off), halved === 0 ? '' : `${shown(halved)} times`, remarks.join('; ')]
    }),
  )

/** Who was liquidated in one of two demos and not in the other. */
export interface Difference {
  readonly account: string
  /** In which: with the liars, or without. */
  readonly only: 'with' | 'without'
  readonly liquidation: Liquidation
}

/** In the order of time. */
export const differencesOf = (
  { liquidated: withThem }: PriceTally,
  { liquidated: without_ }: PriceTally,
): readonly Difference[] => {
  const onlyIn = (some: PriceTally['liquidated'], others: PriceTally['liquidated'], only: Difference['only']) =>
    [...some].flatMap(([account, liquidation]) => (others.has(account) ? [] : [{ account, only, liquidation }]))
  return [...onlyIn(withThem, without_, 'with'), ...onlyIn(without_, withThem, 'without')].sort((a, b) =>
    a.liquidation.at < b.liquidation.at ? -1 : 1,
  )
}

const most = 5

const whyOf = (other: PriceTally, { account, only, liquidation: { at, index, price } }: Difference): string => {
  const there = priceAt(other, index, at)
  const apart = there === undefined ? '' : `, where it was ${there} ${only === 'with' ? 'without' : 'with'} them`
  const share = there === undefined ? 0 : Math.abs(Number(price) / Number(there) - 1)
  return `   ${account}, ${only} them only: ${clockTime(at)}, ${index} at ${price}${apart}, ${basisPoints(share)} away\n`
}

/** Whether the liars have cost anybody anything, and whom. */
const compared = (withThem: PriceTally, honest: PriceTally, liars: number): string => {
  const differences = differencesOf(withThem, honest)
  const who = liars === 1 ? 'liar' : `${liars} liars`
  const counts = `Liquidated: ${shown(withThem.liquidated.size)} accounts with the ${who}, ${shown(honest.liquidated.size)} where all are honest`
  if (differences.length === 0) return `${counts}: the same accounts.\n`
  const rest = differences.length - most
  return [
    `${counts}; ${shown(differences.length)} differ, since the index stood elsewhere:\n`,
    ...differences.slice(0, most).map((each) => whyOf(each.only === 'with' ? honest : withThem, each)),
    ...(rest > 0 ? [`   and ${shown(rest)} more; all of them are in the JSON\n`] : []),
  ].join('')
}

/** Where nobody has looked whom they have cost anything: how to. */
const uncompared = (liars: number): string =>
  liars === 0
    ? ''
    : `Whom have they cost anything? novation demo --liars=${liars} plays the day once more with all of them honest, and says.\n`

/** How the prices of a demo were made; `honest` is the same demo where nobody lies, if it was played. */
export interface MadePrices {
  readonly feed: Feed
  readonly tally: PriceTally
  readonly honest: PriceTally | undefined
}

/** How the prices of a demo were made, in words and small tables; beside the same with honest sources, where that was played. */
export const describePrices = ({ tally, feed, honest }: MadePrices): string =>
  [
    `Prices of ${feed.sources} sources, each signed; ${feed.quorum} make a quorum, and ${feed.liars === 0 ? 'none lies' : `${feed.liars} lie`}.\n`,
    indices(tally),
    sources(tally, feed),
    honest === undefined ? uncompared(feed.liars) : compared(tally, honest, feed.liars),
  ].join('\n')

/** The same for a program. */
export const pricesSummary = ({ tally, feed, honest }: MadePrices) => ({
  quorum: feed.quorum,
  rounds: tally.rounds,
  indices: Object.fromEntries(
    [...tally.indices].map(([index, { ticks, held, farthest: far }]) => [index, { ticks, held, farthest: far }]),
  ),
  sources: feed.names.map(({ source, isLiar }) => ({ source, isLiar, ...tally.sources.get(source) })),
  ...(honest === undefined
    ? {}
    : { withoutLiars: { liquidated: [...honest.liquidated.keys()].sort(), differ: differencesOf(tally, honest) } }),
})
