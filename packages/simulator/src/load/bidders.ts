import type { LedgerEvent } from '@novation/events'
import type { Dice } from '../engine/dice'
import { type Listed, quantityOf } from './listed'
import { richKeeper, traders } from './scene'
import { type Sending, sending } from './sending'

/** What keepers send when they see an auction begin: none, one or several bids, each some time into it. */
export const bidsOn = (dice: Dice, listed: readonly Listed[], event: LedgerEvent): readonly Sending[] => {
  if (event.type !== 'LiquidationStarted' && event.type !== 'AuctionTurned') return []
  const { liquidation } = event.data
  return Array.from({ length: dice.whole(0, 3) }, (_, i) => {
    const bidder = dice.chance(0.5) ? richKeeper : dice.pick(traders)
    const [position] = event.type === 'LiquidationStarted' ? event.data.positions : []
    const instrument = listed.find(({ id }) => id === position?.instrument)
    const size =
      instrument !== undefined && dice.chance(0.3)
        ? { instrument: instrument.id, quantity: quantityOf(instrument, dice.whole(1, 20)) }
        : { fraction: dice.pick(['0.1', '0.5', '1']) }
    const data = { liquidation, bidder, ...size }
    const at_ms = dice.whole(100, 15_000)
    return sending(event.pool, at_ms, `b-${event.revision}-${i}`, 'BidLiquidation', data, `keeper:${bidder}`)
  })
}
