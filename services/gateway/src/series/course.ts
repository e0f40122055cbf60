import type { Pool } from '@novation/clearing'
import { type Millis, parseTime } from '@novation/events'

/** How something stood at the end of one second of ledger time. */
export interface Moved {
  readonly revision: number
  readonly at: Millis
}

/** How something has stood so far: a row for each second of ledger time after which a figure was not what it was before. */
export interface Course<R extends Moved> {
  /** The pool stands at the end of a command, and goes on with what was decided at this time. */
  readonly leaves: (pool: Pool, at: string) => void
  /** All of it, up to where the pool stands. */
  readonly rows: (pool: Pool) => readonly R[]
  /** Those before the second in which the pool stands: with them the course goes on after a restart. */
  readonly past: () => readonly R[]
}

/** What a course is of: its row now, where there is one, and whether that says anything new. */
export interface Subject<R extends Moved> {
  readonly rowOf: (pool: Pool) => R | undefined
  readonly isAsBefore: (before: R, now: R) => boolean
}

/** So many rows are kept; of more, every second of the older half is left out. */
const most = 20_000

const second = (at: Millis): number => Math.floor(at / 1000)

export const openCourse = <R extends Moved>({ rowOf, isAsBefore }: Subject<R>, past: readonly R[] = []): Course<R> => {
  let rows = [...past]
  const news = (pool: Pool): R | undefined => {
    if (pool.revision < 0) return undefined
    const [now, before] = [rowOf(pool), rows.at(-1)]
    return now !== undefined && before !== undefined && isAsBefore(before, now) ? undefined : now
  }
  return {
    past: () => rows,
    leaves: (pool, at) => {
      if (second(parseTime(at)) === second(pool.at)) return
      const row = news(pool)
      if (row === undefined) return
      rows.push(row)
      if (rows.length > most) rows = rows.filter((_, i) => i >= most / 2 || i % 2 === 1)
    },
    rows: (pool) => {
      const row = news(pool)
      return row === undefined ? rows : [...rows, row]
    },
  }
}

/** At most so many rows, the last of each of as many equal spans of time. */
export const thinned = <R extends Moved>(rows: readonly R[], points: number): readonly R[] => {
  const [first, last] = [rows[0], rows.at(-1)]
  if (rows.length <= points || first === undefined || last === undefined) return rows
  const spanOf = ({ at }: R): number => Math.floor(((at - first.at) / (last.at - first.at + 1)) * points)
  return rows.filter((row, i) => {
    const next = rows[i + 1]
    return next === undefined || spanOf(next) !== spanOf(row)
  })
}
