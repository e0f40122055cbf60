import type { SeenEvent } from '@novation/client'

/** What events are about, for whoever looks for those of one kind: each type is of one of them. */
export const kinds = {
  money: [
    'CollateralDeposited',
    'CollateralWithdrawn',
    'InsuranceFunded',
    'FundingSettled',
    'OwnerSetOff',
    'DebitCalled',
    'DebitMet',
  ],
  trades: [
    'TradeCleared',
    'TradeBusted',
    'PositionOpened',
    'PositionIncreased',
    'PositionReduced',
    'PositionClosed',
    'OrderCancelled',
  ],
  prices: [
    'PriceTick',
    'PriceHeld',
    'QuotesTaken',
    'SourceEquivocated',
    'SourcesScored',
    'IndexTicked',
    'IndexHeld',
    'FundingPaid',
    'InstrumentExpired',
    'InstrumentSettled',
  ],
  calls: ['MarginCall', 'MarginCallMet', 'MarginCallMissed'],
  liquidations: [
    'LiquidationStarted',
    'AuctionTurned',
    'AuctionRestarted',
    'Liquidated',
    'CollateralSold',
    'LiquidationEnded',
  ],
  losses: ['Deleveraged', 'InsuranceDrawn', 'CollateralBought', 'LossSocialized', 'PoolFrozen', 'PoolThawed'],
  settings: [
    'AssetRegistered',
    'AssetParametersSet',
    'InstrumentListed',
    'InstrumentParametersSet',
    'InstrumentStateSet',
    'InstrumentDelisting',
    'PoolParametersSet',
    'IndexSet',
    'AccountOpened',
    'ConsentSet',
  ],
  keys: ['IdentityAdopted', 'DomainRenewed', 'KeyRegistered', 'KeyRevoked'],
  course: ['TimePassed', 'BulkStarted', 'BulkEnded'],
  'turned down': ['CommandRejected'],
} as const satisfies Readonly<Record<string, readonly SeenEvent['type'][]>>

export const isKind = (word: string | undefined): word is keyof typeof kinds =>
  word !== undefined && Object.hasOwn(kinds, word)
