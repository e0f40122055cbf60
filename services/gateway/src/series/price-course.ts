import { isFresh, type Price } from '@novation/clearing'
import { format } from '@novation/decimal'
import { formatTime } from '@novation/events'
import type { Moved, Subject } from './course'

/** How one price stood. */
export interface PriceRow extends Moved {
  readonly price: string
  readonly observedAt: string
  readonly stale: boolean
}

/** One asset or instrument, from its first price on. No name is both (protocol 1). */
export const onePrice = (name: string): Subject<PriceRow> => ({
  rowOf: (pool) => {
    const priced = pool.instruments.get(name) ?? pool.assets.get(name)
    const price: Price | undefined = priced?.price
    if (price === undefined) return undefined
    return {
      revision: pool.revision,
      at: pool.at,
      price: format(price.value),
      observedAt: formatTime(price.observedAt),
      stale: !isFresh(pool, priced),
    }
  },
  isAsBefore: (before, now) =>
    before.price === now.price && before.observedAt === now.observedAt && before.stale === now.stale,
})
