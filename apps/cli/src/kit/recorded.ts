import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { emptyPool, evolveForReading, judge, type Pool, statementOf } from '@novation/clearing'
import { decodeEvent, published, readPublicText, type Stored, streamOf } from '@novation/events'
import { openEmbeddedStore } from '@novation/platform'
import { appendMissing } from '../ledger/append-missing'

/**
 * A demo as it was decided once, up to some events after most auctions were open. Rules that change since decide none of it anew, so what is
 * drawn of it stays what it was; `npm run pictures -- --record` records another.
 */
const file = join(__dirname, '../../../console/pictures/demo.jsonl.gz')

const told = (line: string): Stored => {
  const stored = readPublicText(line)
  if (stored._tag === 'Left') throw new Error(`${file} holds what is no event: ${stored.left}`)
  return stored.right
}

const recorded = (): readonly Stored[] =>
  existsSync(file) ? gunzipSync(readFileSync(file)).toString().trim().split('\n').map(told) : []

export const record = (events: readonly Stored[]): void =>
  writeFileSync(file, gzipSync(events.map((event) => `${published(event).text}\n`).join(''), { level: 9 }))

/** Makes a ledger of it. */
export const putRecorded = async (ledger: string): Promise<void> => {
  const store = openEmbeddedStore(ledger)
  async function* all() {
    yield* recorded()
  }
  await appendMissing(store, 'main', all(), new AbortController().signal)
  const last = await store.last(streamOf('main'))
  await store.close()
  if (last === undefined) throw new Error(`there is no ${file}: npm run pictures -- --record`)
}

/** Of the figures of a pool. */
export const digestOf = (pool: Pool): string => {
  const { stateHash: _, ...statement } = statementOf(pool)
  return createHash('sha256')
    .update(JSON.stringify([statement, pool.parameters]))
    .digest('hex')
    .slice(0, 16)
}

/** What its figures are by the rules of today, as a digest: where they are others than when pictures were made, pictures say nothing. */
export const figuresOfRecorded = (): string => {
  const book = emptyPool('main')
  for (const stored of recorded()) {
    const event = decodeEvent(stored)
    if (event._tag === 'Left') throw new Error(`${file}: ${event.left}`)
    void evolveForReading(book, event.right)
  }
  if (book.revision < 0) return 'nothing'
  const pool = judge(book)
  return digestOf(pool)
}
