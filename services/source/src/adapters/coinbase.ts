import type { Adapter, Heard } from './adapter'
import { exactJson, fieldsOf, itemsOf } from './exact-json'
import { pairIn } from './pair'
import { heard, timeIn } from './price-in'

type Fields = Readonly<Record<string, unknown>>

const ticker = (
  { product_id, best_bid: bid, best_ask: ask, price: last, ...rest }: Fields,
  time: unknown,
  receivedAt: number,
): Heard => {
  const market = pairIn(product_id, '-')
  if (market === undefined) return { ignored: 'malformed' }
  const volume = rest.volume_24_h ?? rest.volume_24h
  return heard({ market, at: timeIn(time) ?? receivedAt, bid, ask, last, volume })
}

/**
 * Tickers of Coinbase, of Advanced Trade and of Exchange. What is quoted in what stands in the message: a subscription to a book
 * in USDC prints the one in USD, and says so.
 */
export const coinbase: Adapter = (message, { receivedAt }) => {
  const told = exactJson(message)
  if (told === undefined) return [{ ignored: 'malformed' }]
  const { channel, type, timestamp, time, events, ...rest } = fieldsOf(told)
  if (type === 'ticker') return [ticker(rest, time, receivedAt)]
  if (channel !== 'ticker' && channel !== 'ticker_batch') return []
  return itemsOf(events)
    .flatMap((event) => itemsOf(fieldsOf(event).tickers))
    .map((each) => ticker(fieldsOf(each), timestamp, receivedAt))
}
