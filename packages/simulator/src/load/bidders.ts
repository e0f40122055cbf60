import type { LedgerEvent } from '@novation/events'
import type { Dice } from '../engine/dice'
import { traders } from './plan'
import type { Sending } from './sending'

/** What keepers send when they see an auction begin: none, one or several bids, each some time into it. */
export const bidsOn = (dice: Dice, event: LedgerEvent): readonly Sending[] => {
  if (event.type !== 'LiquidationStarted' && event.type !== 'AuctionRestarted') return []
  const { liquidation } = event.data
  return Array.from({ length: dice.whole(0, 2) }, (_, i) => {
    const bidder = dice.pick(traders)
    const [position] = event.type === 'LiquidationStarted' ? event.data.positions : []
    const size =
      position !== undefined && dice.chance(0.3)
        ? { instrument: position.instrument, quantity: String(dice.whole(1, 20)) }
        : { fraction: dice.pick(['0.1', '0.5', '1']) }
    const command = {
      id: `b-${event.revision}-${i}`,
      type: 'BidLiquidation',
      pool: 'main',
      actor: `keeper:${bidder}`,
      data: { liquidation, bidder, ...size },
    }
    return { at_ms: dice.whole(100, 25_000), text: JSON.stringify(command) }
  })
}
