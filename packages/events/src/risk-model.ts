import * as t from 'io-ts'
import { closed, oneOf } from './fields'
import { DecimalText, Id, Steps } from './text'

const rates = { maintenance: DecimalText, initial: DecimalText }

/** 1 +- j*range/steps with three volatilities each, and moves beyond that which count by `tailFactor*range/|move-1|`. */
const Spot = closed('Spot', {
  range: DecimalText,
  steps: Steps,
  tails: t.readonlyArray(DecimalText),
  tailFactor: DecimalText,
})

const Row = closed('Row', {
  move: DecimalText,
  volatility: oneOf('up', 'none', 'down', 'skew-linear', 'skew-absolute'),
  weight: DecimalText,
})

/** How far volatility goes up and down in a row, the more the nearer the expiry. */
const VolatilityRules = closed('VolatilityRules', {
  up: DecimalText,
  down: DecimalText,
  least: DecimalText,
  floorDays: DecimalText,
  shortPower: DecimalText,
  longPower: DecimalText,
})

/** At what of its value an expiry counts in a row that gains on it (long), and in one that loses (short). */
const DiscountRules = closed('DiscountRules', {
  longBase: DecimalText,
  longRate: DecimalText,
  longAdd: DecimalText,
  shortBase: DecimalText,
  shortRate: DecimalText,
  shortAdd: DecimalText,
})

const BasisRules = closed('BasisRules', { up: DecimalText, down: DecimalText, add: DecimalText, multiply: DecimalText })

const SkewRules = closed('SkewRules', {
  cBase: DecimalText,
  cap: DecimalText,
  minKStar: DecimalText,
  width: DecimalText,
  static: DecimalText,
  scale: DecimalText,
})

/** Required beside all scenarios, as shares of the index: of what is linear, and of options sold beyond what is bought at a strike. */
const Contingency = closed(
  'Contingency',
  { linear: closed('LinearContingency', rates), nakedOption: closed('NakedOptionContingency', rates) },
  { confidence: DecimalText },
)

/** How an underlying stands to others of its group: so many steps apart at most, and what of a gain on one counts against the other. */
const Group = closed('Group', { name: Id, width: Steps, gains: DecimalText })

const modelled = {
  volatility: VolatilityRules,
  discount: DiscountRules,
  basis: BasisRules,
  skew: SkewRules,
  contingency: Contingency,
}

const alsoModelled = {
  curve: Id,
  spot: Spot,
  rows: t.readonlyArray(Row),
  minimum: closed('Minimum', { net: DecimalText, gross: DecimalText }),
  group: Group,
  reciprocal: t.boolean,
}

/** How options on an underlying are margined: the states in which they are valued anew, and what counts of that. */
export const RiskModel = closed('RiskModel', { underlying: Id, ...modelled }, alsoModelled)
export type RiskModel = t.TypeOf<typeof RiskModel>
