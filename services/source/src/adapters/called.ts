import type { Circumstances, Market } from './adapter'

/** What a venue's own symbol stands for, where somebody has said it. */
export const marketCalled = (symbol: string, { symbols = {} }: Circumstances): Market | undefined =>
  Object.hasOwn(symbols, symbol) ? symbols[symbol] : undefined
