import * as t from 'io-ts'
import { closed, oneOf, open, tolerant } from './fields'
import { Lookup } from './lookup'
import {
  AmountText,
  Count,
  DecimalText,
  Id,
  InstantText,
  Key,
  Milliseconds,
  MomentText,
  Places,
  Seconds,
  SignatureText,
  Weight,
} from './text'

const quoted = { source: Id, base: Id, currency: Id, at: MomentText, price: DecimalText }
const also = { confidence: DecimalText, volume: DecimalText }

/** What a source says one unit of `base` costs in `currency`, when it saw that, and how far off that may be. */
export const UnsignedQuote = open('Said', quoted, also)
export type UnsignedQuote = t.TypeOf<typeof UnsignedQuote>

/** The same, signed. Which of the source's keys it is need not be said. */
export const Quote = closed('Quote', { ...quoted, signature: SignatureText }, { ...also, key: Key })
export type Quote = t.TypeOf<typeof Quote>

const observed = {
  source: Id,
  base: Id,
  currency: Id,
  at: MomentText,
  kind: oneOf('depth', 'mid', 'latency'),
}
/** How much of the base is offered up to so many hundredths of a percent from the price, on either side. */
const level = { bps: Count, bid: DecimalText, ask: DecimalText }
const alsoSeen = { bid: DecimalText, ask: DecimalText, ms: Milliseconds }

/** What a source sees of a market beside the price: its depth, its best prices, or how late it hears of it. */
export const UnsignedObservation = open('Observed', observed, {
  levels: t.readonlyArray(open('LevelSeen', level)),
  ...alsoSeen,
})
export type UnsignedObservation = t.TypeOf<typeof UnsignedObservation>

/** The same, signed. */
export const Observation = closed(
  'Observation',
  { ...observed, signature: SignatureText },
  { levels: t.readonlyArray(closed('DepthLevel', level)), ...alsoSeen, key: Key },
)
export type Observation = t.TypeOf<typeof Observation>

/** Who quotes, how much that counts, and in what currency where that is not the index's own. */
const IndexSource = closed('IndexSource', { source: Id, weight: Weight }, { currency: Id })

/** Another index, and between which shares of its price this one is believed. */
const Band = closed('Band', { index: Id, low: DecimalText, high: DecimalText })

const made = {
  index: Id,
  base: Id,
  currency: Id,
  places: Places,
  sources: t.readonlyArray(IndexSource),
  quorum: Weight,
}

const rules = {
  freshness_ms: Milliseconds,
  tolerance_ms: Milliseconds,
  deviation: DecimalText,
  confirm_ms: Milliseconds,
  confirmMost_ms: Milliseconds,
  conversionSpread: DecimalText,
  slow_ms: Milliseconds,
  off: DecimalText,
  offSpreads: DecimalText,
  offShare: DecimalText,
  epoch_ms: Milliseconds,
}

/** What a source stands for what it signs with. */
const bond = { source: Id, asset: Id, amount: DecimalText }
const bonded = { source: Id, asset: Id, amount: AmountText }

export const oracleCommands = {
  SetIndex: closed('SetIndex', made, { conversions: Lookup, band: Band, ...rules }),
  PublishQuotes: closed('PublishQuotes', { quotes: t.readonlyArray(Quote) }),
  PublishObservations: closed('PublishObservations', { observations: t.readonlyArray(Observation) }),
  ReportEquivocation: closed('ReportEquivocation', { a: Quote, b: Quote }),
  BondSource: closed('BondSource', bond),
  ReleaseBond: closed('ReleaseBond', bond),
}

/**
 * What is settled at an index is settled at its mean over `twap_s` in which it had a price, from so long before the expiry on; what comes
 * more than `longest_s` after that began does not count.
 */
export const IndexSettlement = closed('IndexSettlement', { twap_s: Seconds, longest_s: Seconds })
export type IndexSettlement = t.TypeOf<typeof IndexSettlement>

/** All that an index is made of, with what was left out. */
export const IndexTerms = closed('IndexTerms', { ...made, conversions: Lookup, ...rules }, { band: Band })
export type IndexTerms = t.TypeOf<typeof IndexTerms>

/** Why a quote counts for nothing: the first of these that is so. */
const Ignored = open('Ignored', {
  source: Id,
  base: Id,
  why: oneOf('unknown-source', 'suspended', 'not-positive', 'future', 'late', 'repeated', 'unproven'),
})

export const oracleEvents = {
  IndexSet: open('IndexSet', { terms: tolerant(IndexTerms) }),
  /** What counts from now on, and of whom something came that does not. */
  QuotesTaken: open('QuotesTaken', { taken: t.readonlyArray(UnsignedQuote), ignored: t.readonlyArray(Ignored) }),
  /**
   * A source has signed two truths of one time: it counts no more in any index until that is set anew, and its bond, where it had one, is
   * the insurance fund's.
   */
  SourceEquivocated: open('SourceEquivocated', { source: Id, base: Id, at: InstantText }, { bond: AmountText }),
  /** What counts from now on of what sources see beside the price, and of whom something came that does not. */
  ObservationsTaken: open('ObservationsTaken', {
    taken: t.readonlyArray(UnsignedObservation),
    ignored: t.readonlyArray(
      open('IgnoredObservation', {
        source: Id,
        base: Id,
        kind: oneOf('depth', 'mid', 'latency'),
        why: oneOf('unknown-source', 'suspended', 'incomplete', 'future', 'late', 'repeated', 'unproven'),
      }),
    ),
  }),
  /** How deep the market of an index is, at the least, at each distance from its price: in units of its base. */
  DepthObserved: open('DepthObserved', {
    index: Id,
    levels: t.readonlyArray(open('Depth', { bps: Count, bid: AmountText, ask: AmountText })),
  }),
  SourceBonded: open('SourceBonded', bonded),
  BondReleased: open('BondReleased', bonded),
  /** How a source did in an epoch that is over, and whose weight counts half in the next. */
  SourcesScored: open('SourcesScored', {
    index: Id,
    tally: t.readonlyArray(open('Score', { source: Id, rounds: Count, off: Count })),
    halved: t.readonlyArray(Id),
  }),
  /** `sources` are those whose quotes made it, `off` those of them that were far from it. */
  IndexTicked: open('IndexTicked', {
    index: Id,
    price: AmountText,
    slow: AmountText,
    observedAt: InstantText,
    confidence: AmountText,
    sources: t.readonlyArray(Id),
    off: t.readonlyArray(Id),
  }),
  /** Not believed before it is confirmed, or inside the band: until then the last price counts as one that is not fresh. */
  IndexHeld: open(
    'IndexHeld',
    { index: Id, candidate: AmountText, observedAt: InstantText, why: oneOf('band', 'deviation') },
    { last: AmountText },
  ),
}
