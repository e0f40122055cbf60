import { decimal, format, multiply } from '@novation/decimal'
import type { Adapter, Circumstances, Heard } from './adapter'
import { marketCalled } from './called'
import { exactJson, fieldsOf, itemsOf, textOf } from './exact-json'
import { heard, powerOfTen, timeIn } from './price-in'

/** So many of a unit of ten to a power, as a decimal; nothing where either is no whole number. */
const scaled = (units: unknown, power: unknown): string | undefined => {
  const [count = '', exponent = ''] = [textOf(units), textOf(power)]
  if (!/^-?\d{1,20}$/.test(count) || !/^-?\d{1,2}$/.test(exponent)) return undefined
  return format(multiply(decimal(count), powerOfTen(Number(exponent))))
}

const feed = (told: unknown, circumstances: Circumstances): Heard => {
  const { id, price } = fieldsOf(told)
  const market = marketCalled((textOf(id) ?? '').replace(/^0x/, ''), circumstances)
  if (market === undefined) return { ignored: 'unknown-symbol' }
  const { price: units, conf, expo, publish_time } = fieldsOf(price)
  const last = scaled(units, expo)
  if (last === undefined) return { ignored: 'malformed' }
  return heard({ market, at: timeIn(publish_time) ?? circumstances.receivedAt, last, confidence: scaled(conf, expo) })
}

/** Price feeds of Pyth: as Hermes answers (a list, or `parsed`), and as it streams them. Price and confidence are whole numbers with an exponent. */
export const pyth: Adapter = (message, circumstances) => {
  const told = exactJson(message)
  if (told === undefined) return [{ ignored: 'malformed' }]
  const { parsed, price_feed } = fieldsOf(told)
  const feeds = price_feed === undefined ? itemsOf(parsed ?? told) : [price_feed]
  return feeds.map((each) => feed(each, circumstances))
}
