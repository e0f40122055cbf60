import { type Book, quoteName } from '@novation/clearing'
import {
  abs,
  add,
  atLeast,
  atMost,
  ceil,
  compare,
  type Decimal,
  decimal,
  divideFloor,
  equals,
  floor,
  format,
  greaterThan,
  halfEvenRatio,
  integer,
  multiply,
  one,
  ratio,
  subtract,
  toNumber,
} from '@novation/decimal'
import { type LedgerEvent, type LedgerEventOf, parseTime } from '@novation/events'
import { isLiar } from '../load/sources'
import type { Group, Law } from './law'

type Tick = LedgerEventOf<'IndexTicked'>

/** What a source said last when an index ticked, in the index's own currency. */
interface Counted {
  readonly source: string
  readonly halves: number
  readonly price: Decimal
  readonly at: number
}

const termsOf = ({ oracle }: Book, index: string) => oracle?.terms.get(index)?.said
const nowOf = ({ oracle }: Book, index: string) => oracle?.indices.get(index)

/** What a tick was made of, by the last quotes; or what must not have been in it. */
const countedIn = ({ after }: Group, { data: { index, sources }, at }: Tick): readonly Counted[] | string => {
  const said = termsOf(after, index)
  const standing = nowOf(after, index)
  if (said === undefined || standing === undefined) return `${index} ticks, and nobody has set it`
  const counted: Counted[] = []
  for (const source of sources) {
    const quote = after.oracle?.quotes.get(quoteName(said.base, source))
    const own = said.sources.find((each) => each.source === source)
    if (quote === undefined || own === undefined) return `${source} has said nothing of ${index}`
    if (quote.at < parseTime(at) - said.freshness_ms) return `${source} is too old for ${index}`
    if (standing.suspended.includes(source)) return `${source} is suspended and counts for ${index}`
    const by =
      own.currency === undefined || own.currency === said.currency
        ? one
        : conversionIn(after, said.conversions[own.currency], parseTime(at))
    if (typeof by === 'string') return `${source} counts for ${index}: ${by}`
    const halves = standing.halved.includes(source) ? own.weight : 2 * own.weight
    counted.push({ source, halves, price: multiply(quote.price, by), at: quote.at })
  }
  return counted
}

/** By what a currency is converted, or why by nothing. */
const conversionIn = (pool: Book, index: string | undefined, at: number): Decimal | string => {
  const [said, now] = [termsOf(pool, index ?? ''), nowOf(pool, index ?? '')]
  if (said === undefined || now?.price === undefined) return 'what it quotes in has no price'
  if (now.held !== undefined) return 'what it quotes in is held'
  return at - now.price.observedAt > said.tolerance_ms ? 'what it quotes in is stale' : now.price.price
}

const ticksIn = (events: readonly LedgerEvent[]): readonly Tick[] =>
  events.flatMap((event) => (event.type === 'IndexTicked' ? [event] : []))

const wrongIn =
  (wrong: (group: Group, tick: Tick, counted: readonly Counted[]) => string | undefined): Law =>
  (group) => {
    for (const tick of ticksIn(group.events)) {
      const counted = countedIn(group, tick)
      const found = typeof counted === 'string' ? counted : wrong(group, tick, counted)
      if (found !== undefined) return found
    }
    return undefined
  }

/** Whoever lies, however quotes are carried: an index lies within what honest sources said, freshly, converted. */
export const withinTheHonest: Law = wrongIn(({ after }, { data: { index, price } }, counted) => {
  const honest = counted.filter(({ source }) => !isLiar(source)).map((each) => each.price)
  const [low, high] = [honest.toSorted(compare).at(0), honest.toSorted(compare).at(-1)]
  const { places = 0 } = termsOf(after, index) ?? {}
  if (low === undefined || high === undefined) return `${index} ticks without an honest source`
  const isWithin = atLeast(decimal(price), floor(low, places)) && atMost(decimal(price), ceil(high, places))
  return isWithin ? undefined : `${index} at ${price}, where the honest say ${format(low)} to ${format(high)}`
})

/** Each price as often as it weighs: the plainest way to find the middle of all. */
const middleOf = (counted: readonly Counted[], places: number): Decimal => {
  const all = counted.flatMap(({ price, halves }) => Array<Decimal>(halves).fill(price)).sort(compare)
  const half = Math.ceil(all.length / 2)
  const [lower, upper] = [all[half - 1] ?? one, all[all.length - half] ?? one]
  return halfEvenRatio(ratio(add(lower, upper), integer(2)), places)
}

/** An index is the middle of what its sources said, each counted once, by their weights, and they make the quorum. */
export const middleOfWhatIsSaid: Law = wrongIn(({ after }, { data: { index, price } }, counted) => {
  const said = termsOf(after, index)
  if (said === undefined) return undefined
  const halves = counted.reduce((sum, each) => sum + each.halves, 0)
  if (new Set(counted.map(({ source }) => source)).size < counted.length) return `${index}: a source counts twice`
  if (halves < 2 * said.quorum)
    return `${index} ticks at a weight of ${halves / 2}, where ${said.quorum} make the quorum`
  const middle = middleOf(counted, said.places)
  return equals(middle, decimal(price)) ? undefined : `${index} at ${price}, where the middle is ${format(middle)}`
})

/** The slow price follows where the index was, by when it was seen: its own tick moves it by nothing. */
export const slowByTheFormula: Law = wrongIn(({ before, after }, { data: { index, price, slow, observedAt } }) => {
  const said = termsOf(after, index)
  const last = nowOf(before, index)?.price
  if (said === undefined) return undefined
  const dt = last === undefined ? 0 : Math.max(0, Math.min(parseTime(observedAt) - last.observedAt, said.slow_ms))
  const expected =
    last === undefined
      ? decimal(price)
      : halfEvenRatio(
          ratio(
            add(
              multiply(last.slow, integer(dt + said.slow_ms)),
              multiply(subtract(last.price, last.slow), integer(dt)),
            ),
            integer(dt + said.slow_ms),
          ),
          said.places + 6,
        )
  return dt === 0 || equals(expected, decimal(slow))
    ? undefined
    : `${index}: slow at ${slow}, by the formula ${format(expected)}`
})

/** What jumps further than is believed was held first, near where it is now, and for long enough. */
export const heldBeforeBelieved: Law = wrongIn(({ before, after }, { data: { index, price, observedAt } }) => {
  const said = termsOf(after, index)
  const { price: last, held } = nowOf(before, index) ?? {}
  if (said === undefined || last === undefined) return undefined
  const allowed = multiply(decimal(said.deviation), last.price)
  if (atMost(abs(subtract(decimal(price), last.price)), allowed)) return undefined
  if (held === undefined) return `${index} jumps from ${format(last.price)} to ${price}, and was not held`
  const steps = toNumber(divideFloor(abs(subtract(held.price, last.price)), allowed, 0))
  const due = held.observedAt + Math.min(said.confirm_ms * Math.max(1, steps), said.confirmMost_ms)
  if (parseTime(observedAt) < due) return `${index} is believed at ${price} before its time`
  const apart = abs(subtract(decimal(price), held.price))
  return greaterThan(apart, multiply(decimal(said.deviation), held.price))
    ? `${index} is believed at ${price}, where ${format(held.price)} was held`
    : undefined
})
