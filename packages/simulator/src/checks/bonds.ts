import { type Book, houseBalance } from '@novation/clearing'
import { format, isZero } from '@novation/decimal'
import { type LedgerEventOf, parseTime } from '@novation/events'
import type { Law } from './law'

/** Why a source may not have its bond back yet, by what is registered, or nothing. */
const tooEarly = ({ identity, oracle, parameters }: Book, { data, at }: LedgerEventOf<'BondReleased'>) => {
  const { source } = data
  const bindings = [...(identity?.keys.values() ?? [])].flat().filter((each) => each.actor === `source:${source}`)
  if (bindings.some(({ revokedAt }) => revokedAt === undefined)) return 'while a key of it stands'
  const fell = Math.max(...bindings.map(({ revokedAt = 0 }) => revokedAt))
  const waits_ms = (parameters.keyDelay_s ?? 86_400) * 1_000
  if (parseTime(at) < fell + waits_ms) return 'before everybody could see that its key had fallen'
  const isSuspended = [...(oracle?.indices.values() ?? [])].some(({ suspended }) => suspended.includes(source))
  return isSuspended ? 'while it is suspended' : undefined
}

/**
 * What a source puts up it has back only once nothing that it signed can be shown any more; two truths cost it all of that; and
 * nothing else moves it.
 */
export const bondsStand: Law = ({ before, after, events }) => {
  for (const event of events) {
    const moved = event.postings.find(({ account }) => account.startsWith('source/'))
    if (event.type === 'BondReleased') {
      const why = tooEarly(before, event)
      if (why !== undefined) return `${event.data.source} has its bond back ${why}`
    } else if (event.type === 'SourceEquivocated') {
      const { source } = event.data
      const left = houseBalance(after, `source/${source}`, after.settlementAsset ?? '')
      if (!isZero(left)) return `${source} has signed two truths, and keeps ${format(left)} of its bond`
    } else if (moved !== undefined && event.type !== 'SourceBonded') return `${event.type} moves ${moved.account}`
  }
  return undefined
}
