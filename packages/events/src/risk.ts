import * as t from 'io-ts'
import { bulk } from './default-events'
import { closed, open, tolerant } from './fields'
import { RiskModel } from './risk-model'
import { AmountText, Days, DecimalText, Id, InstantText, Remark, TimeText } from './text'

/** When it was seen (left out: when it came), and by whom. */
const seen = { observedAt: TimeText, sources: t.readonlyArray(Remark) }

/** A smile by five numbers: `w = a + b(rho(k-m) + sqrt((k-m)^2 + sigma^2))`, total variance over `k = ln(K/F)`. */
export const Svi = closed('Svi', {
  a: DecimalText,
  b: DecimalText,
  rho: DecimalText,
  m: DecimalText,
  sigma: DecimalText,
})
export type Svi = t.TypeOf<typeof Svi>

const VolatilityPoint = closed('VolatilityPoint', { strike: DecimalText, volatility: DecimalText })

const CurvePoint = closed('CurvePoint', { days: Days, discount: DecimalText })

const smile = { svi: Svi, points: t.readonlyArray(VolatilityPoint) }

export const riskCommands = {
  SetRiskModel: closed('SetRiskModel', RiskModel.required, RiskModel.optional),
  PublishForward: closed('PublishForward', { underlying: Id, expiry: TimeText, price: DecimalText }, seen),
  PublishVolatility: closed('PublishVolatility', { underlying: Id, expiry: TimeText }, { ...smile, ...seen }),
  PublishCurve: closed('PublishCurve', { curve: Id, points: t.readonlyArray(CurvePoint) }, seen),
  SettleExpiry: closed('SettleExpiry', { underlying: Id, expiry: TimeText }, { price: DecimalText }),
  SettleVariation: closed('SettleVariation', {}, { instruments: t.readonlyArray(Id) }),
}

const noted = { sources: t.readonlyArray(Remark) }

export const riskEvents = {
  RiskModelSet: open('RiskModelSet', { model: tolerant(RiskModel) }),
  /** `index` is the price of the underlying then: between ticks the forward moves with it. */
  ForwardTick: open(
    'ForwardTick',
    { underlying: Id, expiry: InstantText, price: AmountText, index: AmountText, observedAt: InstantText },
    noted,
  ),
  /** A forward too far from the last one to be believed at once, `last` as it has moved with its underlying: until another like it comes, so much later than `since`, options of the expiry may be worth that too. */
  ForwardHeld: open(
    'ForwardHeld',
    {
      underlying: Id,
      expiry: InstantText,
      price: AmountText,
      last: AmountText,
      index: AmountText,
      observedAt: InstantText,
      since: InstantText,
    },
    noted,
  ),
  VolatilityTick: open(
    'VolatilityTick',
    { underlying: Id, expiry: InstantText, observedAt: InstantText },
    { svi: tolerant(Svi), points: t.readonlyArray(tolerant(VolatilityPoint)), ...noted },
  ),
  CurveTick: open(
    'CurveTick',
    { curve: Id, points: t.readonlyArray(tolerant(CurvePoint)), observedAt: InstantText },
    noted,
  ),
  /** What all of an expiry is settled at: the price of the underlying over the time before. */
  ExpiryFixed: open('ExpiryFixed', { underlying: Id, expiry: InstantText, price: AmountText }),
  /** Everybody's positions in it close at once, options at what they come to at that price. `realised` is what each brings, in whole units. */
  ExpirySettled: open(
    'ExpirySettled',
    {
      underlying: Id,
      expiry: InstantText,
      price: AmountText,
      positions: t.readonlyArray(
        open('SettledAtExpiry', { account: Id, instrument: Id, quantity: AmountText, realised: AmountText }),
      ),
    },
    bulk,
  ),
  /** What positions have come to is cash from now on; they stay. */
  VariationSettled: open(
    'VariationSettled',
    { positions: t.readonlyArray(open('Variation', { account: Id, instrument: Id, amount: AmountText })) },
    bulk,
  ),
}
