import { Id } from '@novation/events'
import type { Market } from './adapter'

/** What some venues call otherwise than everybody. */
const others: Readonly<Record<string, string>> = { XBT: 'BTC', XDG: 'DOGE' }

const named = (symbol: string): string => (Object.hasOwn(others, symbol) ? (others[symbol] ?? symbol) : symbol)

/** Base and currency of a symbol such as `BTC/USD`; nothing where it is not two names with this between them. */
export const pairIn = (symbol: unknown, between: string): Market | undefined => {
  if (typeof symbol !== 'string') return undefined
  const [base = '', currency = '', ...more] = symbol.split(between).map(named)
  return more.length === 0 && Id.is(base) && Id.is(currency) ? { base, currency } : undefined
}
