import type { Adapter } from './adapter'
import { marketCalled } from './called'
import { exactJson, fieldsOf, textOf } from './exact-json'
import { heard, timeIn } from './price-in'

/** Events that tell of the best of a book, and those that tell a trade. Letters mean other things in others. */
const [books, trades] = [
  ['bookTicker', '24hrTicker'],
  ['aggTrade', 'trade'],
]

const isBook = (event: string | undefined): boolean => event === undefined || books.includes(event)

/**
 * Streams of Binance, single or combined. A symbol such as BTCUSDT does not say where its base ends: somebody has to. The spot book has no time: its quote is as old as
 * its message.
 */
export const binance: Adapter = (message, circumstances) => {
  const told = exactJson(message)
  if (told === undefined) return [{ ignored: 'malformed' }]
  const whole = fieldsOf(told)
  const { e, E, T, s, b: bid, a: ask, p } = fieldsOf(whole.data ?? told)
  const [event, symbol] = [textOf(e), textOf(s)]
  const isTrade = event !== undefined && trades.includes(event)
  if (symbol === undefined || !(isTrade || (isBook(event) && bid !== undefined && ask !== undefined))) return []
  const market = marketCalled(symbol, circumstances)
  if (market === undefined) return [{ ignored: 'unknown-symbol' }]
  const at = timeIn(T) ?? timeIn(E) ?? circumstances.receivedAt
  return [heard(isTrade ? { market, at, last: p } : { market, at, bid, ask })]
}
