import { abs, atMost, type Decimal, integer, min, multiply, subtract, zero } from '@novation/decimal'
import type { Millis } from '@novation/events'
import { depthOf, mostLiars } from '@novation/risk'
import { type DepthLevel, type DepthNow, type IndexOf, type Oracle, observationName } from './oracle'

/** A depth counts once it has stood for so long: what is put up for a moment counts for nothing. */
const window_ms = 60_000
/** How finely the course of a depth is kept. */
const step_ms = 1000

const atDistance = (levels: readonly DepthLevel[], bps: number, side: 'bid' | 'ask'): Decimal =>
  levels.findLast((level) => level.bps <= bps)?.[side] ?? zero

/**
 * What is offered of an index's base at each distance from the price, as it was seen last by those of its sources who are fresh: the sum
 * without the k largest, where k is the most that can lie, so never more than honest sources see. In units of the base.
 */
export const depthSeen = (
  { observations }: Oracle,
  { said: { base, sources, quorum, freshness_ms } }: IndexOf,
  now: Millis,
): readonly DepthLevel[] => {
  const fresh = sources.flatMap(({ source }) => {
    const last = observations.get(observationName(base, source, 'depth'))
    return last === undefined || last.at < now - freshness_ms ? [] : [last.levels]
  })
  const most = mostLiars(
    sources.map(({ weight }) => weight),
    quorum,
  )
  const distances = [...new Set(fresh.flatMap((levels) => levels.map(({ bps }) => bps)))].sort((a, b) => a - b)
  const side = (bps: number, of: 'bid' | 'ask') =>
    depthOf(
      fresh.map((levels) => atDistance(levels, bps, of)),
      most,
    )
  return distances.map((bps) => ({ bps, bid: side(bps, 'bid'), ask: side(bps, 'ask') }))
}

/** At each distance the lesser of two; what one of them does not know of counts for nothing. */
const lesser = (a: readonly DepthLevel[], b: readonly DepthLevel[]): readonly DepthLevel[] =>
  [...new Set([...a, ...b].map(({ bps }) => bps))]
    .sort((one, other) => one - other)
    .map((bps) => {
      const [left, right] = [a, b].map((levels) => levels.find((level) => level.bps === bps))
      if (left === undefined || right === undefined) return { bps, bid: zero, ask: zero }
      return { bps, bid: min(left.bid, right.bid), ask: min(left.ask, right.ask) }
    })

/** The course of a depth with what is seen now; what nobody needs any more is forgotten, and after a silence it begins anew. */
export const courseWith = (
  { seen }: Pick<DepthNow, 'seen'>,
  levels: readonly DepthLevel[],
  at: Millis,
  freshness_ms: Millis,
): DepthNow['seen'] => {
  const last = seen.at(-1)
  if (last === undefined || at - last.at > freshness_ms) return [{ at, levels }]
  const isSameStep = Math.floor(last.at / step_ms) === Math.floor(at / step_ms)
  const all = isSameStep
    ? [...seen.slice(0, -1), { at: last.at, levels: lesser(last.levels, levels) }]
    : [...seen, { at, levels }]
  const stood = all.findLastIndex((each) => each.at <= at - window_ms)
  return stood < 0 ? all : all.slice(stood)
}

/** The least that was there within the window; nothing before it was looked at for so long. */
export const leastSince = ({ seen }: Pick<DepthNow, 'seen'>, now: Millis): readonly DepthLevel[] | undefined => {
  const [first] = seen
  if (first === undefined || first.at > now - window_ms) return undefined
  return seen.map(({ levels }) => levels).reduce(lesser)
}

const differs = (was: Decimal, is: Decimal): boolean => !atMost(multiply(abs(subtract(is, was)), integer(10)), was)

/** Whether a depth has changed by more than a tenth at some distance, so that it is worth saying. */
export const isNews = (was: readonly DepthLevel[], is: readonly DepthLevel[]): boolean =>
  was.length !== is.length ||
  is.some(({ bps, bid, ask }, i) => {
    const before = was[i]
    return before?.bps !== bps || differs(before.bid, bid) || differs(before.ask, ask)
  })
