import { type Pool, quoteName } from '@novation/clearing'
import { toNumber } from '@novation/decimal'
import type { LedgerEvent, Millis } from '@novation/events'
import type { Log, Metrics } from '@novation/platform'

/** What the sources weigh whose last quote counts by a clock: not the ledger's, which stands still where nothing comes. */
const freshWeight = ({ oracle }: Pool, index: string, now: Millis): number => {
  const [terms, standing] = [oracle?.terms.get(index), oracle?.indices.get(index)]
  if (terms === undefined || standing === undefined) return 0
  const { base, sources, freshness_ms } = terms.said
  return sources.reduce((sum, { source, weight }) => {
    const last = oracle?.quotes.get(quoteName(base, source))
    const counts = last !== undefined && last.at >= now - freshness_ms && !standing.suspended.includes(source)
    return sum + (counts ? weight * (standing.halved.includes(source) ? 0.5 : 1) : 0)
  }, 0)
}

/** How each index stands, for whoever asks now. */
export const indexPages = (metrics: Metrics, pool: Pool, now: Millis): void => {
  for (const [index, { said }] of pool.oracle?.terms ?? []) {
    const labels = { pool: pool.name, index }
    const { held, price } = pool.oracle?.indices.get(index) ?? {}
    metrics.set('novation_index_fresh_weight', labels, freshWeight(pool, index, now))
    metrics.set('novation_index_quorum', labels, said.quorum)
    metrics.set('novation_index_held', labels, held === undefined ? 0 : 1)
    if (price !== undefined)
      metrics.set('novation_index_confidence', labels, toNumber(price.confidence) / toNumber(price.price))
  }
}

/** What is known of sources by what happened. */
export const noteSources = (metrics: Metrics, log: Log, pool: string, events: readonly LedgerEvent[]): void => {
  for (const { type, data } of events) {
    if (type === 'IndexTicked') {
      const { index } = data
      for (const source of data.sources) metrics.count('novation_source_rounds_total', { pool, index, source })
      for (const source of data.off) metrics.count('novation_source_off_total', { pool, index, source })
    }
    if (type === 'SourceEquivocated') {
      metrics.count('novation_source_equivocations_total', { pool, source: data.source })
      log.error({ pool, source: data.source, base: data.base }, 'a source has signed two truths, and counts no more')
    }
  }
}
