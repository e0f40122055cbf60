import {
  BadOverrides,
  diff,
  disclosure,
  explain,
  exportForms,
  firstAt,
  folderShelf,
  inOnePass,
  type Place,
  readPlace,
  type Shelf,
  stateAt,
  upTo,
  verify,
  type Walk,
  whatIf,
} from '@novation/audit'
import { emptyPool, kernelDigest } from '@novation/clearing'
import { streamOf } from '@novation/events'
import type { Readable, RecordedEvent, Spool } from '@novation/platform'
import type { Reacting } from '../commands/dry-run'
import { type Problem, type ProblemCode, problem } from '../http/problems'
import type { AskedOf, JobKind } from './asked'
import type { JobEnd, ResultContent, RunJob } from './job'

/** What comes of the work: a value, or lines; nothing where it was stopped. */
type Made =
  | { readonly json: unknown }
  | { readonly content: ResultContent; readonly lines: AsyncIterable<string> }
  | { readonly wrong: Problem }
  | undefined

interface Given {
  readonly pool: string
  /** The history as it was when it was asked, however it has grown since. */
  readonly store: Readable
  readonly read: (from: number) => AsyncIterable<RecordedEvent>
  readonly snapshots: string
  readonly shelf: Shelf
  readonly reacting: Reacting
  readonly walk: Walk
}

const start: Place = { tag: 'start' }
const end: Place = { tag: 'end' }

const placeOf = (word: string | undefined, otherwise: Place): Place =>
  (word === undefined ? undefined : readPlace(word)) ?? otherwise

const wrong = (code: ProblemCode, detail: string): Made => ({ wrong: problem(code, detail) })

const nothingThere = wrong('bad-position', 'there is no event between these positions')

/** So many commands may follow from one, as on the command line. */
const maxSettle = 100_000
/** How far marks move in the stress of a disclosure, and how often accounts are looked at, where nobody says. */
const [usualStress, usualInterval_s] = ['0.2', 3_600]

const works: { readonly [K in JobKind]: (asked: AskedOf<K>, given: Given) => Promise<Made> } = {
  explain: async ({ of, from, at }, { pool, read, shelf, walk }) => {
    const asked = { ...walk, pool, at: placeOf(at, end), ...(from === undefined ? {} : { from: placeOf(from, start) }) }
    const told = await explain(read, shelf, of, asked)
    if (told?.of === 'no-story')
      return wrong('bad-position', `${of} names an event, which has no story: leave out from`)
    return told === undefined
      ? wrong('not-found', `there is no account, event, command or key ${of} up to that position`)
      : { json: told.story }
  },
  diff: async ({ from, to }, { pool, read, shelf, walk }) => {
    const { pool: before = emptyPool(pool) } = await stateAt(shelf, pool, placeOf(from, start), read, undefined, walk)
    const until = placeOf(to, end)
    const found = await diff(before, until, read, walk)
    return found !== undefined && until.tag === 'revision' && until.revision < found.from
      ? wrong('bad-position', `from is revision ${found.from}, and there is nothing from there to ${until.revision}`)
      : found && { json: found }
  },
  'what-if': async (
    { parameters: { pool: terms = {}, instruments = {} }, from, to },
    { pool, read, reacting, walk },
  ) => {
    try {
      const found = await whatIf(read(0), {
        ...walk,
        pool,
        overrides: { pool: terms, instruments },
        from: placeOf(from, start),
        to: placeOf(to, end),
        reactors: reacting,
        maxSettle,
      })
      return found && { json: found }
    } catch (error) {
      if (error instanceof BadOverrides) return wrong('malformed', error.message)
      if (error instanceof RangeError) return nothingThere
      throw error
    }
  },
  verify: async ({ depth = 'everything' }, { pool, read, snapshots, walk }) => {
    const { state: _, suspended: __, ...told } = await verify(read(0), inOnePass({ ...walk, pool, depth, snapshots }))
    return { json: { ...told, arithmetic: kernelDigest() } }
  },
  export: async ({ output, from, to }, { pool, store, walk }) => {
    const { header, linesOf } = exportForms[output]
    const first = await firstAt(store, pool, placeOf(from, start))
    async function* lines(): AsyncGenerator<string, void> {
      if (header !== '') yield header
      for await (const recorded of upTo(store, pool, first, placeOf(to, end))) {
        if (walk.signal?.aborted === true) return
        yield linesOf(recorded)
        walk.onProgress?.({ done: recorded.revision - first + 1, revision: recorded.revision })
      }
    }
    return { content: output === 'csv' ? 'text/csv' : 'application/x-ndjson', lines: lines() }
  },
  disclosure: async ({ from, to, stress = usualStress, interval = usualInterval_s }, { pool, read, walk }) => {
    const period = { from: placeOf(from, start), to: placeOf(to, end) }
    const found = await disclosure(read(0), { ...walk, ...period, pool, stress, interval_s: interval })
    return found === undefined ? nothingThere : { json: found }
  },
}

/** A history up to an event, whatever has come since. */
const upToHead = (store: Readable, head: number): Readable => {
  const read: Readable['read'] = async function* (stream, from) {
    for await (const recorded of store.read(stream, from)) {
      if (recorded.revision > head) return
      yield recorded
    }
  }
  return {
    read,
    last: async (stream) => {
      for await (const recorded of read(stream, head)) return recorded
      return undefined
    },
  }
}

/** A result is at most as large as all of them may be together. */
export const resultsLimit_bytes = 1 << 30

const keep = async (
  spool: Spool,
  name: string,
  lines: AsyncIterable<string> | Iterable<string>,
  signal: AbortSignal,
): Promise<number | Problem | undefined> => {
  const writing = await spool.write(name)
  let length = 0
  try {
    for await (const line of lines) {
      length += line.length
      if (length > resultsLimit_bytes || signal.aborted) break
      await writing.write(line)
    }
  } catch (error) {
    await writing.drop()
    throw error
  }
  if (!signal.aborted && length <= resultsLimit_bytes) return writing.keep()
  await writing.drop()
  return signal.aborted
    ? undefined
    : problem('too-large', 'it comes to more than 1 GiB: ask for a part of it, with from and to')
}

const failed = ({ code, detail }: Problem): JobEnd => ({ tag: 'failed', code: code as ProblemCode, detail })

export interface WorkGiven {
  readonly store: Readable
  /** The folder of the ledger's snapshots. */
  readonly snapshots: string
  readonly reacting: Reacting
  readonly spool: Spool
}

/** So often, in events, it is told how far the work has come. */
const stride = 1_000

/** Does such work where it stands. */
export const workOn =
  ({ store, snapshots, reacting, spool }: WorkGiven): RunJob =>
  async ({ id, pool, head, asked }, hear, signal) => {
    const history = upToHead(store, head)
    const total = head + 1
    let told = 0
    const given: Given = {
      pool,
      store: history,
      read: (from) => history.read(streamOf(pool), from),
      snapshots,
      shelf: folderShelf(snapshots),
      reacting,
      walk: {
        signal,
        onProgress: ({ done }) => {
          if (done - told < stride && done >= told) return
          told = done
          hear({ done, total })
        },
      },
    }
    const work = works[asked.kind] as (asked: unknown, given: Given) => Promise<Made>
    const made = await work(asked, given)
    if (signal.aborted || made === undefined) return { tag: 'stopped' }
    if ('wrong' in made) return failed(made.wrong)
    const [content, lines] =
      'json' in made ? (['application/json', [`${JSON.stringify(made.json)}\n`]] as const) : [made.content, made.lines]
    const kept = await keep(spool, id, lines, signal)
    if (kept === undefined) return { tag: 'stopped' }
    return typeof kept === 'number' ? { tag: 'done', content, bytes: kept } : failed(kept)
  }
