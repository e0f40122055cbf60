import type { SeenEvent } from '@novation/client'

type Typed = Pick<SeenEvent, 'type'>
type Tone = 'plain' | 'well' | 'watched' | 'danger' | 'short'

const unremarkable = ['CommandRejected', 'TimePassed', 'BulkStarted', 'BulkEnded', 'TradeCleared']

/** Whether it says something by itself: that a command was turned down or a time came explains others, and moves nothing. */
export const isTelling = ({ type }: Typed): boolean => !unremarkable.includes(type)

/** What it means for whom it happens to: a status of the page, or nothing of the kind. */
const tones: Readonly<Record<string, Tone>> = {
  MarginCall: 'watched',
  MarginCallMissed: 'watched',
  MarginCallMet: 'well',
  DebitCalled: 'watched',
  DebitMet: 'well',
  PriceHeld: 'watched',
  TradeBusted: 'watched',
  IndexHeld: 'watched',
  SourceEquivocated: 'watched',
  InstrumentDelisting: 'watched',
  InstrumentParametersSet: 'watched',
  LiquidationStarted: 'danger',
  AuctionRestarted: 'danger',
  AuctionTurned: 'short',
  Liquidated: 'danger',
  CollateralSold: 'danger',
  LiquidationEnded: 'well',
  Deleveraged: 'short',
  InsuranceDrawn: 'short',
  CollateralBought: 'short',
  LossSocialized: 'short',
  PoolFrozen: 'short',
  PoolThawed: 'well',
}
export const toneOf = ({ type }: Typed): Tone => tones[type] ?? 'plain'
