import { type Book, foresee, type Pool } from '@novation/clearing'
import type { CommandOf } from '@novation/events'

/** A fraction is tried in steps of this part. */
const steps = 1024

const bid = (pool: Pool, liquidation: string, bidder: string, step: number): CommandOf<'BidLiquidation'> => ({
  id: 'bid',
  type: 'BidLiquidation',
  pool: pool.name,
  actor: `keeper:${bidder}`,
  data: { liquidation, bidder, fraction: fractionOf(step) },
})

/** step/1024 as an exact decimal: 1024 divides a power of ten. */
const fractionOf = (step: number): string =>
  step === steps ? '1' : `0.${String((BigInt(step) * 10n ** 10n) / BigInt(steps)).padStart(10, '0')}`

/**
 * The largest fraction of an account under liquidation that the bidder's own margin bears, found by asking the rules
 * themselves; nothing where they turn down even the least for want of margin. What is turned down for another reason
 * is bid for whole: the ledger is to say so.
 */
export const bearable = (book: Book, liquidation: string, bidder: string): string | undefined => {
  const tooMuch = (step: number) => {
    const { decision } = foresee(book, bid(book, liquidation, bidder, step))
    return decision._tag === 'Left' && decision.left.code === 'insufficient-margin'
  }
  if (!tooMuch(steps)) return '1'
  // Whoever bears nothing, as one does who has taken much already, is asked no more than twice.
  if (tooMuch(1)) return undefined
  let bears = 1
  let breaks = steps
  while (breaks - bears > 1) {
    const middle = (bears + breaks) >> 1
    if (tooMuch(middle)) breaks = middle
    else bears = middle
  }
  return fractionOf(bears)
}
