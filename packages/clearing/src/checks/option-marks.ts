import { format, toNumber } from '@novation/decimal'
import type { Chronicle } from './append'
import { blackOf } from './black'
import { RecordedMarket } from './recorded-market'

/** Marks have eight places, and doubles some twelve digits of a large one. */
const isNear = (mark: number, expected: number, size: number): boolean =>
  Math.abs(mark - expected) <= 1.1e-8 + 1e-11 * size

/**
 * The mark of each option is what the textbook makes of what events have told of its market, as of the last of them: nothing
 * else moves it, no clock and no other event.
 */
export const optionsAreMarkedByEvents: Chronicle = () => {
  const market = new RecordedMarket()
  return ({ events, after }) => {
    for (const event of events) market.note(event, after)
    for (const { id, underlying, expiry = 0, option, price, fixed } of after.instruments.values()) {
      if (option === undefined || price === undefined || fixed) continue
      const by = market.valued(underlying, expiry, after)
      if (by === undefined) continue
      const strike = toNumber(option.strike)
      const deviation = by.volatility(strike) * Math.sqrt(by.tau)
      const expected = blackOf(option.optionType, by.forward, strike, deviation, by.discount)
      if (!isNear(toNumber(price.value), expected, by.forward + strike))
        return `${id} is marked at ${format(price.value)}, and what was told of its market comes to ${expected}`
    }
    return undefined
  }
}
