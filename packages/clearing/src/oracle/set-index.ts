import { atMost, decimal, greaterThan, isNegative, isPositive, lessThan, one } from '@novation/decimal'
import type { CommandData, IndexTerms } from '@novation/events'
import { checkSources } from '@novation/risk'
import { accepted, type Decide, type Decision, reject } from '../decision'
import type { IndexOf } from '../state/oracle'
import type { Pool } from '../state/pool'

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

/** What holds of an index where nothing else was said. */
const usual = {
  freshness_ms: 30_000,
  tolerance_ms: 60_000,
  deviation: '0.05',
  confirm_ms: 3000,
  confirmMost_ms: 300_000,
  conversionSpread: '0.01',
  slow_ms: 15_000,
  off: '0.005',
  offSpreads: '5',
  offShare: '0.01',
  epoch_ms: 3_600_000,
}

/** The indices that one follows, directly: of what converts its quotes, and of its band. */
export const followedBy = ({ conversions, band }: Pick<IndexTerms, 'conversions' | 'band'>): readonly string[] => [
  ...Object.values(conversions),
  ...(band === undefined ? [] : [band.index]),
]

const termsOf = ({ oracle }: Pool, id: string): IndexOf | undefined => oracle?.terms.get(id)

/** Whether an index follows another, through however many. None that is set follows itself. */
const follows = (pool: Pool, id: string, other: string): boolean => {
  const terms = termsOf(pool, id)
  return terms !== undefined && followedBy(terms.said).some((next) => next === other || follows(pool, next, other))
}

const outsideOne = (name: string, share: string): string | undefined =>
  isPositive(decimal(share)) && atMost(decimal(share), one)
    ? undefined
    : `${name} is above 0 and at most 1, not ${share}`

const badShares = ({ deviation, conversionSpread, off, offSpreads, offShare, band }: IndexTerms): string | undefined =>
  outsideOne('deviation', deviation) ??
  outsideOne('off', off) ??
  (isNegative(decimal(conversionSpread)) ? 'conversionSpread must not be below zero' : undefined) ??
  (isNegative(decimal(offSpreads)) ? 'offSpreads must not be below zero' : undefined) ??
  (isNegative(decimal(offShare)) || greaterThan(decimal(offShare), one)
    ? `offShare is from 0 to 1, not ${offShare}`
    : undefined) ??
  (band !== undefined && !(isPositive(decimal(band.low)) && lessThan(decimal(band.low), decimal(band.high)))
    ? `a band begins above zero and ends above that, not from ${band.low} to ${band.high}`
    : undefined)

const badTimes = (terms: IndexTerms): string | undefined => {
  const { tolerance_ms, confirm_ms, confirmMost_ms } = terms
  for (const name of ['freshness_ms', 'tolerance_ms', 'confirm_ms', 'slow_ms', 'epoch_ms'] as const)
    if (terms[name] === 0) return `${name} must be above zero`
  if (tolerance_ms % 1000 !== 0)
    return `tolerance_ms is in whole seconds, in whose steps a price wears, not ${tolerance_ms}`
  return confirmMost_ms < confirm_ms ? 'confirmMost_ms must not be below confirm_ms' : undefined
}

/** What it converts by must be what it says: the price of that currency, in its own. */
const badConversions = (pool: Pool, { conversions, currency }: IndexTerms): string | undefined => {
  for (const [from, id] of Object.entries(conversions)) {
    const by = termsOf(pool, id)?.said
    if (by !== undefined && (by.base !== from || by.currency !== currency))
      return `${id} is the price of ${by.base} in ${by.currency}: it does not convert ${from} to ${currency}`
  }
  return undefined
}

/** A source quotes something in one currency, wherever it counts: what it says of one time is one truth. */
const badCurrencies = ({ oracle }: Pool, { index, base, currency, sources }: IndexTerms): string | undefined => {
  for (const [id, { said }] of [...(oracle?.terms ?? [])].sort(byName)) {
    if (id === index || said.base !== base) continue
    for (const { source, currency: in_ = currency } of sources) {
      const other = said.sources.find((each) => each.source === source)
      const there = other === undefined ? in_ : (other.currency ?? said.currency)
      if (there !== in_) return `${source} quotes ${base} in ${there} for ${id}: it cannot quote it in ${in_} as well`
    }
  }
  return undefined
}

const badTerms = (pool: Pool, terms: IndexTerms): string | undefined => {
  const { index, base, currency, band } = terms
  const before = termsOf(pool, index)?.said
  if (before !== undefined && (before.base !== base || before.currency !== currency))
    return `${index} is the price of ${before.base} in ${before.currency}, and stays that`
  if (base === currency) return `the price of ${base} in itself is always 1`
  const itself = followedBy(terms).find((next) => next === index || follows(pool, next, index))
  if (itself !== undefined) return `${index} would follow itself, through ${itself}`
  const anchor = band === undefined ? undefined : termsOf(pool, band.index)?.said
  if (anchor !== undefined && anchor.currency !== currency)
    return `${anchor.index} is in ${anchor.currency}: what is in ${currency} has no band about it`
  const { sources, quorum, conversions } = terms
  return (
    checkSources({ currency, sources, quorum, conversions: new Map(Object.entries(conversions)) }) ??
    badConversions(pool, terms) ??
    badCurrencies(pool, terms) ??
    badShares(terms) ??
    badTimes(terms)
  )
}

const unknownIn = (pool: Pool, terms: IndexTerms): Decision | undefined => {
  const unknown = followedBy(terms).find((id) => id !== terms.index && termsOf(pool, id) === undefined)
  return unknown === undefined ? undefined : reject('unknown-index', `no index ${unknown} in this pool`)
}

/** An index is called as it is set; what names none, or one that is there, may go on. */
export const unknownIndex = (pool: Pool, id: string | undefined): Decision | undefined =>
  id === undefined || termsOf(pool, id) !== undefined
    ? undefined
    : reject('unknown-index', `no index ${id} in this pool`)

/** Why the ticks of an index are no price here: what it is quoted in is not what the pool settles in. */
export const otherCurrency = (pool: Pool, id: string | undefined): string | undefined => {
  const said = id === undefined ? undefined : termsOf(pool, id)?.said
  return said === undefined || said.currency === pool.settlementAsset
    ? undefined
    : `${said.index} is in ${said.currency}, and the pool settles in ${pool.settlementAsset ?? 'no asset yet'}`
}

/** With what was left out; of a command no order is stored in which it names its conversions, so they are in that of names. */
const complete = ({ band, conversions = {}, ...data }: CommandData<'SetIndex'>): IndexTerms => ({
  ...usual,
  ...data,
  conversions: Object.fromEntries(Object.entries(conversions).sort(byName)),
  ...(band === undefined ? {} : { band }),
})

/**
 * Says whose signed quotes make an index. Set anew it keeps its price, what is held, and the quotes of who stays; who was
 * suspended, or counted half, counts again. Only in a pool with keys: nobody else could prove what it has said.
 */
export const setIndex: Decide<'SetIndex'> = (draft, data) => {
  const { pool } = draft
  const terms = complete(data)
  const unknown = unknownIn(pool, terms)
  if (unknown !== undefined) return unknown
  if (pool.identity === undefined)
    return reject('not-adopted', `${pool.name} is open: nobody has keys in it, and no quote can be proven`)
  const wrong = badTerms(pool, terms)
  if (wrong !== undefined) return reject('bad-parameter', wrong)
  draft.record('IndexSet', { terms })
  return accepted
}
