import type { Adapter } from './adapter'
import { binance } from './binance'
import { coinbase } from './coinbase'
import { kraken } from './kraken'
import { pyth } from './pyth'

/** By the name of the venue. */
export const adapters: Readonly<Record<string, Adapter>> = { binance, coinbase, kraken, pyth }
