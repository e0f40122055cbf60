import { formatTime, type Millis } from '@novation/events'
import { chance, normal } from './chance'
import { type MadeMarket, priceText, type Quoted, type Saying } from './market'

/** So many rounds to a stretch, in some of which a source is away: for less long than prices last. */
const stretch = 3
const away = 0.02

/** How far off an honest source is, as a share of the price: each has books of its own. */
const [leastNoise, mostNoise] = [0.0001, 0.0005]

const isAway = ({ seed, begins, step_ms }: MadeMarket, source: string, now: Millis): boolean =>
  chance(seed, source, 'away', Math.floor((now - begins) / (step_ms * stretch))) < away

/** How old what it says is: less than half of a round, so that each of its times is later than the one before. */
const delay_ms = ({ seed, step_ms }: MadeMarket, source: string, now: Millis): Millis =>
  Math.floor((step_ms / 4) * (chance(seed, source, 'delay') + chance(seed, source, 'delay', now)))

/**
 * A source that says what it saw: with the noise of its books, a little late, and away for a while now and then. `stays` is never
 * away.
 */
export const honest = (market: MadeMarket, source: string, stays = false): Saying => {
  const { seed, path } = market
  const noise = leastNoise + (mostNoise - leastNoise) * chance(seed, source, 'noise')
  const quote = ({ base, currency, places }: Quoted, now: Millis, at: Millis) => {
    const price = path(base, at) * (1 + noise * normal(seed, source, base, now))
    return {
      ...{ source, base, currency, at: formatTime(at) },
      ...{ price: priceText(price, places), confidence: priceText(price * noise, places) },
    }
  }
  return (now) => {
    if (!stays && isAway(market, source, now)) return []
    const at = now - delay_ms(market, source, now)
    return market.quoted.map((each) => quote(each, now, at))
  }
}
