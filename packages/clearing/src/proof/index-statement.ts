import { format, isZero } from '@novation/decimal'
import { formatTime } from '@novation/events'
import { houseBalance } from '../state/house-balance'
import { bondOf } from '../state/names'
import { type IndexNow, type IndexOf, isUsable, quoteName } from '../state/oracle'
import type { Pool } from '../state/pool'

/** A source of an index: how it counts, and when it last saw something. */
interface SourceStatement {
  readonly source: string
  readonly weight: number
  /** `suspended`: it has signed two truths, and counts no more. */
  readonly counts: 'full' | 'half' | 'suspended'
  readonly quotedAt?: string
  /** What it has put up for what it signs. */
  readonly bond?: string
}

/** An index as it stands: what it is of, its price, and who makes it. */
export interface IndexStatement {
  readonly index: string
  readonly base: string
  readonly currency: string
  readonly price?: string
  /** Where the price was, as one that follows it slowly has it. */
  readonly slow?: string
  /** How far off the price may be, by what its sources say. */
  readonly confidence?: string
  readonly observedAt?: string
  /** A price that is not believed yet, since when, and why. */
  readonly held?: { readonly price: string; readonly since: string; readonly why: 'band' | 'deviation' }
  /** Whether nothing may be decided on it: it has no price, one that is too old, or another is held. */
  readonly stale: boolean
  /** What is offered at the least at each distance from the price, in units of the base, where sources tell. */
  readonly depth?: readonly { readonly bps: number; readonly bid: string; readonly ask: string }[]
  readonly quorum: number
  readonly sources: readonly SourceStatement[]
}

const sourcesOf = (pool: Pool, { said: { base, sources } }: IndexOf, now: IndexNow): readonly SourceStatement[] =>
  sources.map(({ source, weight }) => {
    const { oracle, settlementAsset = '' } = pool
    const bond = houseBalance(pool, bondOf(source), settlementAsset)
    const last = oracle?.quotes.get(quoteName(base, source))
    const lessened = now.halved.includes(source) ? 'half' : 'full'
    return {
      source,
      weight,
      counts: now.suspended.includes(source) ? 'suspended' : lessened,
      ...(last === undefined ? {} : { quotedAt: formatTime(last.at) }),
      ...(isZero(bond) ? {} : { bond: format(bond) }),
    }
  })

const depthOf = ({ oracle }: Pool, index: string): Pick<IndexStatement, 'depth'> => {
  const said = oracle?.depths.get(index)?.said ?? []
  if (said.length === 0) return {}
  return { depth: said.map(({ bps, bid, ask }) => ({ bps, bid: format(bid), ask: format(ask) })) }
}

const indexStatement = (pool: Pool, terms: IndexOf, now: IndexNow): IndexStatement => {
  const { index, base, currency, quorum } = terms.said
  const { price, held } = now
  return {
    index,
    base,
    currency,
    ...(price === undefined
      ? {}
      : {
          price: format(price.price),
          slow: format(price.slow),
          confidence: format(price.confidence),
          observedAt: formatTime(price.observedAt),
        }),
    ...(held === undefined
      ? {}
      : { held: { price: format(held.price), since: formatTime(held.observedAt), why: held.why } }),
    stale: !isUsable(terms, now, pool.at),
    ...depthOf(pool, index),
    quorum,
    sources: sourcesOf(pool, terms, now),
  }
}

/** Every index, by name; nothing where none was ever set. */
export const indexStatements = (pool: Pool): { readonly indices?: readonly IndexStatement[] } => {
  const { oracle } = pool
  if (oracle === undefined) return {}
  const all = [...oracle.terms].flatMap(([id, terms]) => {
    const now = oracle.indices.get(id)
    return now === undefined ? [] : [indexStatement(pool, terms, now)]
  })
  return { indices: all.sort((a, b) => (a.index < b.index ? -1 : 1)) }
}
