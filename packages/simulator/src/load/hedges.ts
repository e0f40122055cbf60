import type { Pool } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import type { Dice } from '../engine/dice'
import { perpetual } from './option-terms'
import { richKeeper } from './scene'
import { type Sending, sending } from './sending'

/**
 * Who sees a portfolio up for auction brings a hedge, and somebody else one that leans the other way, so that one of the two makes
 * it worse; now and then they are far too large.
 */
export const hedgesOn = (dice: Dice, pool: Pool, event: LedgerEvent): readonly Sending[] => {
  if (event.type !== 'LiquidationStarted' || pool.accounts.get(event.data.account)?.margin !== 'portfolio') return []
  const size = dice.pick(['0.1', '1', '4'])
  return [size, `-${size}`].map((quantity, i) => {
    const bidder = dice.pick([richKeeper, 'm1', 'm2'])
    const data = { liquidation: event.data.liquidation, bidder, hedge: perpetual, quantity }
    const at_ms = dice.whole(100, 4_000)
    return sending(event.pool, at_ms, `h-${event.revision}-${i}`, 'BidLiquidation', data, `keeper:${bidder}`)
  })
}
