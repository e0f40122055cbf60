import { decimal, format, isNegative, lessThan } from '@novation/decimal'
import {
  type Claim,
  type CommandData,
  type EventData,
  type Observation,
  observationText,
  observedIn,
  parseTime,
  type UnsignedObservation,
} from '@novation/events'
import { left } from 'fp-ts/Either'
import { accepted, type Decide, type Draft, type NoNews, nothingNew, reject } from '../decision'
import { isNews, leastSince } from '../state/depth-now'
import { observationName } from '../state/oracle'
import type { Pool } from '../state/pool'
import { indicesFor, isSigned, signedClaims } from './taking'

/** So many observations at most come at once, each of so many distances. */
const most = 64
const mostLevels = 16

type Ignored = EventData<'ObservationsTaken'>['ignored'][number]
type Why = Ignored['why']

const isDepth = ({ levels }: Pick<Observation, 'levels'>): boolean => {
  if (levels === undefined || levels.length === 0 || levels.length > mostLevels) return false
  return levels.every(({ bps, bid, ask }, i) => {
    if (isNegative(decimal(bid)) || isNegative(decimal(ask))) return false
    const before = levels[i - 1]
    if (before === undefined) return true
    return (
      bps > before.bps && !lessThan(decimal(bid), decimal(before.bid)) && !lessThan(decimal(ask), decimal(before.ask))
    )
  })
}

/** Whether it says what its kind says, and nothing else: depth adds up from distance to distance, a bid is not above the ask. */
const isWhole = (seen: Observation): boolean => {
  const { kind, levels, bid, ask, ms } = seen
  if (kind === 'depth') return isDepth(seen) && bid === undefined && ask === undefined && ms === undefined
  if (levels !== undefined) return false
  if (kind === 'latency') return ms !== undefined && bid === undefined && ask === undefined
  return bid !== undefined && ask !== undefined && ms === undefined && !lessThan(decimal(ask), decimal(bid))
}

/** Why an observation counts for nothing: the first of these that is so. */
const whyIgnored = (pool: Pool, seen: Observation, came: ReadonlyMap<string, number>): Why | undefined => {
  const { oracle, at: now } = pool
  const ids = oracle === undefined ? [] : indicesFor(oracle, seen)
  if (oracle === undefined || ids.length === 0) return 'unknown-source'
  if (ids.every((id) => oracle.indices.get(id)?.suspended.includes(seen.source))) return 'suspended'
  if (!isWhole(seen)) return 'incomplete'
  const at = parseTime(seen.at)
  if (at > now + pool.parameters.priceFuture_s * 1000) return 'future'
  const name = observationName(seen.base, seen.source, seen.kind)
  const last = came.get(name) ?? oracle.observations.get(name)?.at
  const freshness_ms = Math.max(...ids.map((id) => oracle.terms.get(id)?.said.freshness_ms ?? 0))
  if (at < now - freshness_ms || (last !== undefined && at < last)) return 'late'
  if (at === last) return 'repeated'
  return isSigned(pool, seen, () => observationText(seen)) ? undefined : 'unproven'
}

const take = (pool: Pool, observations: readonly Observation[]): EventData<'ObservationsTaken'> => {
  const taken: UnsignedObservation[] = []
  const ignored: Ignored[] = []
  const came = new Map<string, number>()
  for (const seen of observations) {
    const { source, base, kind, at } = seen
    const why = whyIgnored(pool, seen, came)
    if (why !== undefined) ignored.push({ source, base, kind, why })
    else {
      came.set(observationName(base, source, kind), parseTime(at))
      taken.push(observedIn(seen))
    }
  }
  return { taken, ignored }
}

type Taken = ReturnType<typeof take>

const nothingOf = ({ ignored }: Taken): NoNews => nothingNew('observations', ignored)

const areTooMany = ({ observations }: CommandData<'PublishObservations'>): boolean => observations.length > most

/** Why nothing of these observations is news, as the pool stands. */
export const nothingObserved = (pool: Pool, data: CommandData<'PublishObservations'>): NoNews | undefined => {
  if (areTooMany(data)) return undefined
  const taken = take(pool, data.observations)
  return taken.taken.length === 0 ? nothingOf(taken) : undefined
}

const sayDepth = (draft: Draft, id: string): void => {
  const { pool } = draft
  const depth = pool.oracle?.depths.get(id)
  const least = depth === undefined ? undefined : leastSince(depth, pool.at)
  if (depth === undefined || least === undefined || !isNews(depth.said, least)) return
  const levels = least.map(({ bps, bid, ask }) => ({ bps, bid: format(bid), ask: format(ask) }))
  draft.record('DepthObserved', { index: id, levels })
}

/**
 * Whoever carries what sources have seen of a market beside its price: how deep it is, its best prices, how late they hear of it. Each
 * stands for itself, signed by its source. What an index's depth has come to, the least within the window, is said where it is news.
 */
export const publishObservations: Decide<'PublishObservations'> = (draft, asked) => {
  const { observations } = asked
  if (areTooMany(asked))
    return reject('bad-parameter', `${observations.length} observations: at most ${most} come at once`)
  const data = take(draft.pool, observations)
  if (data.taken.length === 0) return left(nothingOf(data))
  draft.record('ObservationsTaken', data)
  const { oracle } = draft.pool
  if (oracle === undefined) return accepted
  const touched = data.taken.filter(({ kind }) => kind === 'depth').flatMap((seen) => indicesFor(oracle, seen))
  for (const id of [...new Set(touched)].sort()) sayDepth(draft, id)
  return accepted
}

type Asked = Parameters<typeof isSigned>[0]

/** What will be checked of observations, for who checks it ahead. */
export const observationClaims = (
  pool: Asked,
  { observations }: CommandData<'PublishObservations'>,
): readonly Claim[] => observations.flatMap((seen) => signedClaims(pool, seen, observationText(seen)))

/** Of what was taken, what its source cannot be shown to have signed, as the pool stands then; nothing where all is proven. */
export const unprovenObservation = (
  pool: Asked,
  { observations }: CommandData<'PublishObservations'>,
  { taken }: Pick<EventData<'ObservationsTaken'>, 'taken'>,
): string | undefined => {
  const isShown = (said: UnsignedObservation): boolean => {
    const text = observationText(said)
    return observations.some((seen) => observationText(seen) === text && isSigned(pool, seen, () => text))
  }
  const unshown = taken.find((said) => !isShown(said))
  return unshown === undefined
    ? undefined
    : `nothing shows that ${unshown.source} saw the ${unshown.kind} of ${unshown.base} at ${unshown.at}`
}
