import type { LiquidationChange, LiquidationTerms, PoolParameters, PoolParametersChange } from '@novation/events'

/** What holds where an operator has set nothing: the table of docs/parameters.md. */
export const defaultParameters: PoolParameters = {
  liquidation: {
    buffer: '0.1',
    fee: '0.005',
    keeperTip: '1',
    keeperShare: '0.2',
    dust: '10',
    premium: '0.1',
    auction: { start: '0.98', cutoff: '0.7', fastSeconds: 300, slowSeconds: 1800, insolventSeconds: 600 },
  },
  waterfall: {
    skinInTheGame: '0',
    deleveraging: 'queue',
    ownerShare: '0.25',
    instrumentShare: '2',
    coinShare: '0.25',
    window_s: 2_592_000,
    recourse: true,
  },
  size: { share: '0.1', floor: '5000' },
  priceTolerance_s: 120,
  priceFuture_s: 5,
  callPeriod_s: 3600,
  lossWindow_s: 3600,
  wear_s: 1200,
  dead_s: 604_800,
  notice_s: 86_400,
  maturity_s: 43200,
  reduceBand: '0.01',
  tradeBand: '0.05',
  deviation: '0.05',
  confirm_ms: 3000,
  settlementBand: '0.05',
  funding: { cap: '0.005', interval_s: 3600 },
  idempotency_s: 604_800,
}

type Delays = Required<Pick<PoolParameters, 'commandLife_s' | 'keyDelay_s' | 'recoveryDelay_s'>>

/** How long a signed command lives, and how long a new key waits. They stand in the parameters once they are set, or identity is adopted. */
export const delaysOf = ({
  commandLife_s = 600,
  keyDelay_s = 86_400,
  recoveryDelay_s = 259_200,
}: Partial<Delays>): Delays => ({ commandLife_s, keyDelay_s, recoveryDelay_s })

/** The terms with a change laid over them; what the change leaves out stays. */
export const mergeTerms = (terms: LiquidationTerms, change: LiquidationChange = {}): LiquidationTerms => ({
  ...terms,
  ...change,
  auction: { ...terms.auction, ...change.auction },
})

/** Overrides with a change laid over them. */
export const mergeChange = (terms: LiquidationChange = {}, change: LiquidationChange = {}): LiquidationChange => ({
  ...terms,
  ...change,
  ...(terms.auction === undefined && change.auction === undefined
    ? {}
    : { auction: { ...terms.auction, ...change.auction } }),
})

/** The parameters with a change laid over them; a backstop that is called nothing is none. */
export const mergeParameters = (parameters: PoolParameters, change: PoolParametersChange): PoolParameters => {
  const { backstop, ...merged } = {
    ...parameters,
    ...change,
    liquidation: mergeTerms(parameters.liquidation, change.liquidation),
    waterfall: { ...parameters.waterfall, ...change.waterfall },
    size: { ...parameters.size, ...change.size },
    funding: { ...parameters.funding, ...change.funding },
    ...(parameters.margin === undefined && change.margin === undefined
      ? {}
      : { margin: { ...parameters.margin, ...change.margin } }),
  }
  return backstop === undefined || backstop === '' ? merged : { ...merged, backstop }
}
