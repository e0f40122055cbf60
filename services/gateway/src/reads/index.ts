import { account, accounts, margin, queue } from './accounts'
import { calls, liquidation, liquidations } from './distress'
import { distribution } from './distribution'
import { indices, markets, price, prices } from './prices'
import type { Read } from './read'
import { assets, instrument, instruments, positions, solvency, statement } from './statements'
import { parameters, summary } from './summary'
import { waterfall } from './waterfall'

/** Every question about one moment, by the name under which a thread is asked it. */
export const reads = {
  summary,
  parameters,
  solvency,
  statement,
  accounts,
  account,
  margin,
  queue,
  positions,
  assets,
  instruments,
  instrument,
  prices,
  price,
  indices,
  markets,
  calls,
  liquidations,
  liquidation,
  waterfall,
  distribution,
} as const satisfies Readonly<Record<string, Read>>

export type ReadName = keyof typeof reads
