import type { Posting } from '../events'

/** An amount from one account of the books to another. */
export const moved = (from: string, to: string, asset: string, amount: string): readonly Posting[] => [
  { account: from, asset, amount: amount.startsWith('-') ? amount.slice(1) : `-${amount}` },
  { account: to, asset, amount },
]

/** A quantity bought from the house (sold to it where negative) for its signed cost. */
export const traded = (account: string, instrument: string, quantity: string, cost: string): readonly Posting[] => {
  const position = `trader/${account}/${instrument}`
  return [...moved('clearing', position, instrument, quantity), ...moved(position, 'clearing', 'USD', cost)]
}
