import type { Pool } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import type { Dice } from '../engine/dice'
import { perpetual } from './option-terms'
import { richKeeper } from './scene'
import { type Sending, sending } from './sending'

/** Who sees a portfolio up for auction brings a hedge: now and then one that leans the wrong way, or is far too large. */
export const hedgesOn = (dice: Dice, pool: Pool, event: LedgerEvent): readonly Sending[] => {
  if (event.type !== 'LiquidationStarted' || pool.accounts.get(event.data.account)?.margin !== 'portfolio') return []
  return Array.from({ length: dice.whole(1, 2) }, (_, i) => {
    const bidder = dice.pick([richKeeper, 'm1', 'm2'])
    const quantity = dice.pick(['0.1', '-0.1', '1', '-1', '4', '-4'])
    const data = { liquidation: event.data.liquidation, bidder, hedge: perpetual, quantity }
    const at_ms = dice.whole(100, 4_000)
    return sending(event.pool, at_ms, `h-${event.revision}-${i}`, 'BidLiquidation', data, `keeper:${bidder}`)
  })
}
