import { type CommandData, usualModel } from '@novation/events'
import { assetPrice, registerAsset } from './wishes'
import { all, type Step, type Wish } from './world'

type Model = CommandData<'SetRiskModel'>

/** Two weeks and a half after scenarios begin. */
export const expiry = '2020-03-30T10:00:00Z'

export const riskModel = (underlying: string, change: Partial<Model> = {}): Wish => ({
  type: 'SetRiskModel',
  data: { underlying, ...usualModel, ...change },
})

type Forward = CommandData<'PublishForward'>

export const forward = (price: string, more: Partial<Forward> = {}): Wish => ({
  type: 'PublishForward',
  data: { underlying: 'BTC', expiry, price, ...more },
})

type Surface = CommandData<'PublishVolatility'>

export const surface = (more: Partial<Surface>): Wish => ({
  type: 'PublishVolatility',
  data: { underlying: 'BTC', expiry, ...more },
})

/** The same at every strike. */
export const volatility = (level: string, more: Partial<Surface> = {}): Wish =>
  surface({ points: [{ strike: '100', volatility: level }], ...more })

export const curve = (points: CommandData<'PublishCurve'>['points'], observedAt?: string): Wish => ({
  type: 'PublishCurve',
  data: { curve: 'USD', points, ...(observedAt === undefined ? {} : { observedAt }) },
})

/** `100 call`, on BTC unless something else is said. */
export const listOption = (
  instrument: string,
  terms: string,
  more: Partial<CommandData<'ListInstrument'>> = {},
): Wish => {
  const [strike = '', optionType = ''] = terms.split(' ')
  return {
    type: 'ListInstrument',
    data: {
      instrument,
      kind: 'option',
      settlementAsset: 'USD',
      underlying: 'BTC',
      expiry,
      strike,
      optionType: optionType === 'put' ? 'put' : 'call',
      ...more,
    },
  }
}

export const settleExpiry = (price?: string, more: Partial<CommandData<'SettleExpiry'>> = {}): Wish => ({
  type: 'SettleExpiry',
  data: { underlying: 'BTC', expiry, ...(price === undefined ? {} : { price }), ...more },
})

export const settleVariation = (...instruments: readonly string[]): Wish => ({
  type: 'SettleVariation',
  data: instruments.length === 0 ? {} : { instruments },
})

/** BTC at 100, with a model, a forward of 101 and a volatility of 0.8, a call at 100 and a put at 90. */
export const optionMarket: Step = all(
  registerAsset('BTC', 8),
  riskModel('BTC'),
  assetPrice('BTC', '100'),
  forward('101'),
  volatility('0.8'),
  listOption('CALL', '100 call'),
  listOption('PUT', '90 put'),
)

/** All that options are marked by comes again, at this price of the underlying. */
export const marketAt = (index: string, level = '0.8'): Step =>
  all(assetPrice('BTC', index), forward(index), volatility(level))
