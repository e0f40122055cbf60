import { lastUpTo } from '../draw/nearest'
import { type Row, timeOf } from './course'

/** So many seconds of the ledger in one. */
export const speeds = [60, 600, 3600] as const

/** A play through history: where it is, in ledger time, and which revision that showed. */
export interface Play {
  readonly time: number
  readonly revision: number
}

/** The play that begins at a revision: at the time of the last row that is not beyond it. */
export const playFrom = (rows: readonly Row[], revision: number): Play | undefined => {
  const row = lastUpTo(rows, (one) => one.revision, revision)
  return row === undefined ? undefined : { time: timeOf(row), revision }
}

/** The same play after `ms` at a speed; undefined once it has come to the end of what is known: from there on it is the present. */
export const played = (rows: readonly Row[], { time, revision }: Play, speed: number, ms: number): Play | undefined => {
  const [now, last] = [time + ms * speed, rows.at(-1)]
  if (last === undefined || now >= timeOf(last)) return undefined
  const row = lastUpTo(rows, timeOf, now)
  return { time: now, revision: Math.max(revision, row?.revision ?? 0) }
}
