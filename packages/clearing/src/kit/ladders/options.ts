import {
  curve,
  forward,
  listOption,
  optionMarket,
  riskModel,
  settleExpiry,
  settleVariation,
  surface,
  volatility,
} from '../options'
import { passed } from '../steps'
import { assetPrice, list, parameters, registerAsset } from '../wishes'
import { type Ladder, rung } from './ladder'

const tomorrow = '2020-03-13T10:00:00Z'
const past = '2020-03-12T10:00:00Z'

export const optionLadders: readonly Ladder[] = [
  {
    command: 'SetRiskModel',
    given: [registerAsset('BTC', 8)],
    rungs: [
      rung('unknown-asset', riskModel('XXX', { rows: [] })),
      rung('bad-parameter', riskModel('USD', { rows: [] })),
      rung('bad-parameter', riskModel('BTC', { rows: [] })),
      rung('accepted', riskModel('BTC')),
    ],
  },
  {
    command: 'ListInstrument',
    given: [registerAsset('BTC', 8)],
    rungs: [
      rung('not-supported', listOption('C', '0 call', { kind: 'swap', settlementAsset: 'BTC' })),
      rung('no-risk-model', listOption('C', '0 call', { settlementAsset: 'BTC' })),
      rung('bad-parameter', listOption('C', '0 call', { settlementAsset: 'BTC' }), riskModel('BTC')),
      rung('not-settlement-asset', listOption('C', '100 call', { settlementAsset: 'BTC' })),
      rung('accepted', listOption('C', '100 call')),
    ],
  },
  {
    command: 'PublishForward',
    given: [registerAsset('BTC', 8)],
    rungs: [
      rung('unknown-asset', forward('0', { underlying: 'XXX', expiry: past, observedAt: tomorrow })),
      rung('no-risk-model', forward('0', { expiry: past, observedAt: tomorrow })),
      rung('not-positive', forward('0', { expiry: past, observedAt: tomorrow }), riskModel('BTC')),
      rung('not-trading', forward('101', { expiry: past, observedAt: tomorrow })),
      rung('price-out-of-order', forward('101', { observedAt: tomorrow })),
      rung('stale-price', forward('101')),
      rung('accepted', forward('101'), assetPrice('BTC', '100')),
    ],
  },
  {
    command: 'PublishVolatility',
    given: [registerAsset('BTC', 8)],
    rungs: [
      rung('unknown-asset', surface({ underlying: 'XXX' })),
      rung('no-risk-model', surface({})),
      rung('bad-parameter', surface({}), riskModel('BTC'), assetPrice('BTC', '100'), listOption('C', '100 call')),
      rung('bad-surface', volatility('6', { observedAt: tomorrow }), forward('101')),
      rung('price-out-of-order', volatility('0.8', { observedAt: tomorrow })),
      rung('accepted', volatility('0.8')),
    ],
  },
  {
    command: 'PublishCurve',
    given: [],
    rungs: [
      rung('bad-surface', curve([{ days: 30, discount: '0' }], tomorrow)),
      rung('price-out-of-order', curve([{ days: 30, discount: '0.99' }], tomorrow)),
      rung('accepted', curve([{ days: 30, discount: '0.99' }])),
    ],
  },
  {
    command: 'SettleExpiry',
    given: [optionMarket, parameters({ settlementBand: '0.05' })],
    rungs: [
      rung('unknown-instrument', settleExpiry('0', { expiry: tomorrow })),
      rung('not-positive', settleExpiry('0')),
      rung('not-expired', settleExpiry('90')),
      rung('not-fixed', settleExpiry('90'), passed('18 d')),
      rung('beyond-band', settleExpiry('90'), passed('2 h')),
      rung('accepted', settleExpiry('99')),
    ],
  },
  {
    command: 'SettleExpiry',
    given: [optionMarket, passed('18 d'), passed('2 h'), settleExpiry('99')],
    rungs: [rung('already-settled', settleExpiry('90'))],
  },
  {
    command: 'SettleVariation',
    given: [list('P')],
    rungs: [rung('unknown-instrument', settleVariation('P', 'XXX')), rung('stale-price', settleVariation('P'))],
  },
]
