import { formatTime, type Millis, type UnsignedQuote } from '@novation/events'
import { chance } from './chance'
import { honest } from './honest'
import { type MadeMarket, priceText, type Saying } from './market'

/** How a source lies. */
export const manners = ['shift', 'spike', 'freeze', 'repeat', 'silence', 'collude', 'two truths'] as const
export type Manner = (typeof manners)[number]

/** So many rounds a liar keeps to one manner. */
const stretch = 60

/** By what all prices of a stretch are multiplied: a little up or down, or to a fifth, or five times. */
const factorOf = (roll: number): number => [0.93, 1.04, 0.985, 1.012, 0.2, 5][Math.floor(roll * 6)] ?? 1

const times =
  (market: MadeMarket, factor: number) =>
  (quote: UnsignedQuote): UnsignedQuote => {
    const places = market.quoted.find(({ base }) => base === quote.base)?.places ?? 2
    return { ...quote, price: priceText(Number(quote.price) * factor, places) }
  }

/** What a liar makes of what it would honestly say. */
export const lyingBy = (market: MadeMarket, source: string, manner: Manner, since: Millis): Saying => {
  const { seed } = market
  const true_ = honest(market, source, true)
  switch (manner) {
    case 'shift':
      return (now) => true_(now).map(times(market, factorOf(chance(seed, source, since))))
    case 'collude':
      // All who do say the same, of the same stretch.
      return (now) => true_(now).map(times(market, factorOf(chance(seed, 'all', since))))
    case 'spike':
      return (now) =>
        true_(now).map((quote) =>
          chance(seed, source, 'spike', quote.base, now) < 0.2
            ? times(market, factorOf(chance(seed, 'up to', now)))(quote)
            : quote,
        )
    case 'freeze':
      return (now) => {
        const at = formatTime(now)
        return true_(since).map((quote) => ({ ...quote, at }))
      }
    case 'repeat':
      return () => true_(since)
    case 'silence':
      return () => []
    case 'two truths':
      return (now) => true_(now).flatMap((quote) => [quote, times(market, 1.01)(quote)])
  }
}

/** What the `nth` liar does in the stretch of a time: every other one together with all liars, else each in turn by itself. */
const mannerAt = (nth: number, count: number): Manner => {
  if (count % 2 === 1) return 'collude'
  return manners[(count / 2 + nth) % manners.indexOf('collude')] ?? 'shift'
}

/**
 * A source that lies, one way after the other, for as long as nobody stops it; near the end, the later the higher its number, it
 * signs two truths, and nobody hears it any more.
 */
export const liar = (market: MadeMarket, source: string, nth: number): Saying => {
  const { begins, ends, step_ms } = market
  const last = begins + (ends - begins) * Math.min(0.98, 0.8 + nth / 10)
  return (now) => {
    const count = Math.floor((now - begins) / (step_ms * stretch))
    const since = begins + count * step_ms * stretch
    return lyingBy(market, source, now >= last ? 'two truths' : mannerAt(nth, count), since)(now)
  }
}
