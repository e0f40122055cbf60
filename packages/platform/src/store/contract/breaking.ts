import type { Connection } from '../embedded/layout'

/** What becomes of a commit on a disk that fails: the error that is told, and whether it is there all the same. */
export interface Breakage {
  readonly code: string
  readonly isThere: boolean
}

/** A connection whose commits fail once it is broken, as those of a real one do on a disk that fails. */
export const breakable = (inner: Connection) => {
  let breakage: Breakage | undefined
  let isWriting = false
  const connection: Connection = {
    get inTransaction() {
      return inner.inTransaction
    },
    prepare: inner.prepare.bind(inner),
    close: inner.close.bind(inner),
    exec: (sql) => {
      if (sql.startsWith('BEGIN')) isWriting = sql === 'BEGIN IMMEDIATE'
      if (sql !== 'COMMIT' || !isWriting || breakage === undefined) return inner.exec(sql)
      if (breakage.isThere) inner.exec(sql)
      throw Object.assign(new Error('disk I/O error'), { code: breakage.code })
    },
  }
  return {
    connection,
    breakDown: (how: Breakage) => {
      breakage = how
    },
    mend: () => {
      breakage = undefined
    },
    /** No page more than there are. */
    fill: () => {
      const [pages] = inner.prepare<[]>('PRAGMA page_count').raw().get() as [number]
      inner.prepare<[]>(`PRAGMA max_page_count = ${pages}`).get()
    },
  }
}

export type Breakable = ReturnType<typeof breakable>
