import type { Millis } from '@novation/events'
import type { Candidate, Covered } from '@novation/risk'
import {
  type DepthLevel,
  type DepthNow,
  type IndexNow,
  type IndexOf,
  type IndexPrice,
  indexOf,
  type LastObservation,
  type LastQuote,
  type Oracle,
  type PriceWindow,
} from '../state/oracle'
import { list, money, plain, record, table } from './forms'

const level = record<DepthLevel>({ bps: plain(), bid: money, ask: money })

/** What is state of where prices come from. */
export const oracleForm = record<Oracle>({
  terms: table<IndexOf>({ write: ({ said }) => said, read: (json) => indexOf(json) }),
  indices: table(
    record<IndexNow>({
      price: record<IndexPrice>({ price: money, slow: money, observedAt: plain(), confidence: money }),
      held: record<Candidate>({ price: money, observedAt: plain(), why: plain() }),
      suspended: list(plain<string>()),
      halved: list(plain<string>()),
      tally: plain(),
    }),
  ),
  quotes: table(
    record<LastQuote>({ currency: plain(), price: money, at: plain(), confidence: money, digest: plain() }),
  ),
  windows: table(
    record<PriceWindow>({
      index: plain(),
      from: plain(),
      window_ms: plain(),
      until: plain(),
      covered: record<Covered>({ to: plain(), covered_ms: plain(), integral: money }),
    }),
  ),
  equivocated: table(plain<Millis>()),
  observations: table(record<LastObservation>({ at: plain(), levels: list(level) })),
  depths: table(
    record<DepthNow>({
      said: list(level),
      seen: list(record<DepthNow['seen'][number]>({ at: plain(), levels: list(level) })),
    }),
  ),
})
