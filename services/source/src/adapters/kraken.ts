import type { Adapter, Heard } from './adapter'
import { exactJson, fieldsOf, itemsOf } from './exact-json'
import { pairIn } from './pair'
import { heard, timeIn } from './price-in'

const ticker = (told: unknown, receivedAt: number): Heard => {
  const { symbol, bid, ask, last, volume, timestamp } = fieldsOf(told)
  const market = pairIn(symbol, '/')
  if (market === undefined) return { ignored: 'malformed' }
  return heard({ market, at: timeIn(timestamp) ?? receivedAt, bid, ask, last, volume })
}

/** The ticker of Kraken's WebSocket API, version 2: its numbers are JSON numbers, which have more digits than a float. */
export const kraken: Adapter = (message, { receivedAt }) => {
  const told = exactJson(message)
  if (told === undefined) return [{ ignored: 'malformed' }]
  const { channel, data } = fieldsOf(told)
  return channel === 'ticker' ? itemsOf(data).map((each) => ticker(each, receivedAt)) : []
}
