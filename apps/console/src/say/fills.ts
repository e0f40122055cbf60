import type { SeenEvent } from '@novation/client'
import { exactly, size } from './amounts'

/** A bid that was taken: after how many seconds, by whom, and what; and how the account stood before it. */
export interface Fill {
  readonly revision: number
  readonly seconds: number
  readonly bidder: string
  readonly what: string
  readonly equity: string
  readonly maintenanceMargin: string
}

/** The fills of one auction, out of what happened to its account. */
export const fillsOf = (events: readonly SeenEvent[], liquidation: string, startedAt: string): readonly Fill[] =>
  events.flatMap((event) => {
    if (event.type !== 'Liquidated' || event.data.liquidation !== liquidation) return []
    const { bidder, closed, equity, maintenanceMargin } = event.data
    return [
      {
        revision: event.revision,
        seconds: (Date.parse(event.at) - Date.parse(startedAt)) / 1000,
        bidder,
        what: closed.map(({ instrument, quantity }) => `${exactly(size(quantity))} ${instrument}`).join(', '),
        equity,
        maintenanceMargin,
      },
    ]
  })
