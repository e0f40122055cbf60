import type { LedgerEvent } from '@novation/events'
import type { Dice } from '../engine/dice'
import { type Listed, quantityOf } from './listed'
import { gold, richKeeper, traders } from './scene'
import { type Sending, sending } from './sending'

/** Some of one position, some of a coin, or a part of everything. */
const sizeOf = (dice: Dice, instrument: Listed | undefined, hasCoin: boolean): object => {
  if (hasCoin && dice.chance(0.3)) return { asset: gold, quantity: (dice.next() * 8 + 0.001).toFixed(3) }
  return instrument !== undefined && dice.chance(0.3)
    ? { instrument: instrument.id, quantity: quantityOf(instrument, dice.whole(1, 20)) }
    : { fraction: dice.pick(['0.1', '0.5', '1']) }
}

/** What keepers send when they see an auction begin: none, one or several bids, each some time into it. */
export const bidsOn = (dice: Dice, listed: readonly Listed[], event: LedgerEvent): readonly Sending[] => {
  if (event.type !== 'LiquidationStarted' && event.type !== 'AuctionTurned') return []
  const { liquidation } = event.data
  return Array.from({ length: dice.whole(0, 3) }, (_, i) => {
    const bidder = dice.chance(0.5) ? richKeeper : dice.pick(traders)
    const [position] = event.type === 'LiquidationStarted' ? event.data.positions : []
    const instrument = listed.find(({ id }) => id === position?.instrument)
    const coin = event.type === 'LiquidationStarted' ? event.data.coins?.find(({ asset }) => asset === gold) : undefined
    const size = sizeOf(dice, instrument, coin !== undefined)
    const data = { liquidation, bidder, ...size }
    const at_ms = dice.whole(100, 15_000)
    return sending(event.pool, at_ms, `b-${event.revision}-${i}`, 'BidLiquidation', data, `keeper:${bidder}`)
  })
}
