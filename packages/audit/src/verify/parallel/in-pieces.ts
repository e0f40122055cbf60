import type { Stored } from '@novation/events'
import type { Checkpoint } from '../../checkpoints/checkpoint'
import { checkpointWitness } from '../../checkpoints/witness'
import { folderShelf, type Label } from '../../snapshots/shelf'
import { type ReadFrom, snapshotWitness } from '../../snapshots/state-at'
import { type History, type Walk, walk } from '../../walk'
import { chainStart, type Link } from '../chain'
import { startCourse } from '../course'
import { outcomeOf } from '../outcome'
import type { Verification, VerifyOptions } from '../verification'
import { verify } from '../verify'
import { cutsAt } from './cuts'
import { type Dispatch, dispatchTo } from './dispatch'
import { newEarlier } from './earlier'
import type { Begin, Part, Task } from './messages'
import { packed } from './parcel'
import type { Threads } from './threads'

/** What a verification in threads is asked: witnesses by what they are made of, since threads share no functions. */
export interface InPieces extends Walk {
  readonly pool: string
  readonly depth?: VerifyOptions['depth']
  readonly checkpoints?: readonly Checkpoint[]
  /** The folder where snapshots lie. */
  readonly snapshots?: string
  /** No piece is shorter than so many events, and no part longer. */
  readonly least?: number
  readonly part?: number
}

/** Where the history has been read to, and what of it waits to be sent. */
interface Reading {
  readonly link: Link
  piece: number
  begin: Begin | undefined
  /** Of the piece. */
  length: number
  events: Stored[]
  trades: string[]
}

const within = <A extends { readonly revision: number }>(
  all: readonly A[],
  first: number,
  count: number,
): readonly A[] => all.filter(({ revision }) => revision >= first && revision < first + count)

const labelsOf = ({ snapshots, pool }: InPieces): readonly Label[] =>
  snapshots === undefined ? [] : folderShelf(snapshots).labels(pool)

const partOf = (asked: InPieces, task: Task, labels: readonly Label[], reading: Reading, end: Part['end']): Part => {
  const parcel = packed(reading.events)
  const { piece, begin, trades } = reading
  const statements = (asked.checkpoints ?? []).map(({ statement }) => statement)
  return {
    task,
    piece,
    parcel,
    trades,
    checkpoints: within(statements, parcel.first, parcel.count),
    snapshots: within(labels, parcel.first, parcel.count),
    ...(begin === undefined ? {} : { begin }),
    ...(end === undefined ? {} : { end }),
  }
}

/** Whether every piece ended in the state that the next began on, and nobody vouches for more than there is. */
const isJoined = (
  { ends }: Dispatch,
  pieces: number,
  last: number,
  vouched: readonly { revision: number }[],
): boolean => {
  for (let i = 0; i < pieces; i += 1) {
    if (ends[i] === undefined) return false
    if (i > 0 && ends[i]?.from !== ends[i - 1]?.to) return false
  }
  return vouched.every(({ revision }) => revision <= last)
}

/** What the pieces come to: the first so many of them, which hold. */
const merged = (
  options: VerifyOptions,
  { ends }: Dispatch,
  pieces: number,
  link: Link,
  isWhole: boolean,
): Verification => {
  const course = startCourse({ ...options, depth: 'chain' })
  const known = ends.slice(0, pieces).flatMap((end) => end ?? [])
  Object.assign(course.link, link)
  course.events = known.reduce((sum, { events }) => sum + events, 0)
  course.read = link.next - 1
  course.folded = link.next - 1
  course.executed = link.next - 1
  course.decidedAgain = known.reduce((sum, each) => sum + each.decidedAgain, 0)
  course.comparedByMeaning = known.reduce((sum, each) => sum + each.comparedByMeaning, 0)
  course.signedFrom = known.find(({ signedFrom }) => signedFrom !== undefined)?.signedFrom
  for (const check of ['checkpoint', 'snapshot'] as const)
    course.vouched[check] = Math.max(-1, ...known.map(({ vouched }) => vouched[check]))
  const inProgress = known.at(-1)?.inProgress
  return { ...outcomeOf(options, course, isWhole), ...(inProgress === undefined ? {} : { inProgress }) }
}

/** The same asked of one pass. */
export const inOnePass = (asked: InPieces): VerifyOptions => {
  const { checkpoints = [], snapshots, least: _, part: __, depth = 'everything', ...rest } = asked
  const shelf = snapshots === undefined ? undefined : folderShelf(snapshots)
  return {
    ...rest,
    depth,
    witnesses: [
      ...checkpoints.map(checkpointWitness),
      ...(shelf === undefined ? [] : labelsOf(asked).map((label) => snapshotWitness(shelf, label))),
    ],
  }
}

/** Nothing where something does not hold. */
const inPieces = async (history: History, asked: InPieces, threads: Threads): Promise<Verification | undefined> => {
  const { pool, depth = 'everything', snapshots, least = 10_000, part = 2_000 } = asked
  const task: Task = { pool, depth, snapshots }
  const labels = labelsOf(asked)
  const cuts = cutsAt(task, labels, least)
  const dispatch = dispatchTo(threads, asked.signal)
  const earlier = newEarlier()
  const reading: Reading = {
    link: { ...chainStart },
    piece: 0,
    begin: { link: chainStart },
    length: 0,
    events: [],
    trades: [],
  }
  /** Where each piece begins. */
  const links: Readonly<Link>[] = [chainStart]
  const options = inOnePass(asked)

  const flush = (end?: Part['end']): void => {
    dispatch.send(partOf(asked, task, labels, reading, end))
    Object.assign(reading, { begin: undefined, events: [], trades: [] })
  }
  const cut = (snapshot: Label | undefined): void => {
    flush('piece')
    earlier.close()
    const link = { ...reading.link }
    links.push(link)
    Object.assign(reading, {
      piece: reading.piece + 1,
      length: 0,
      begin: { link, ...(snapshot === undefined ? {} : { snapshot }) },
    })
  }
  let isPlain = true
  /** Whether the event stands where pieces can be put together again. */
  const take = (event: Stored): boolean => {
    if (event.revision !== reading.link.next) return false
    const found = cuts.before(event, reading.length)
    if (found !== undefined) cut(found.snapshot)
    if (depth === 'everything') {
      const { trades, isKeyUsed } = earlier.ask(event)
      if (isKeyUsed) return false
      reading.trades.push(...trades)
    }
    reading.events.push(event)
    reading.length += 1
    reading.link.next = event.revision + 1
    reading.link.head = event.hash
    if (reading.events.length >= part) flush()
    return dispatch.isSound()
  }
  const { signal, total, onProgress } = asked
  const how = await walk(
    history,
    (event) => {
      isPlain = take(event)
      return isPlain && reading.events.length === 0 ? dispatch.room().then(() => dispatch.isSound()) : isPlain
    },
    {
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined
        ? {}
        : {
            onProgress: () =>
              onProgress({
                done: dispatch.done(),
                revision: Math.max(0, dispatch.done() - 1),
                ...(total === undefined ? {} : { total }),
              }),
          }),
    },
  )
  const interrupted = (): Verification => {
    let proven = 0
    while (proven < reading.piece && isJoined(dispatch, proven + 1, Number.MAX_SAFE_INTEGER, [])) proven += 1
    return merged(options, dispatch, proven, links[proven] ?? chainStart, false)
  }
  if (!isPlain || !dispatch.isSound()) return undefined
  if (how === 'interrupted') return interrupted()
  flush('history')
  await dispatch.all()
  if (dispatch.isSound() && !dispatch.isAllDone()) return interrupted()
  const pieces = reading.piece + 1
  if (!dispatch.isSound() || !isJoined(dispatch, pieces, reading.link.next - 1, options.witnesses ?? []))
    return undefined
  return merged(options, dispatch, pieces, reading.link, true)
}

/**
 * Verifies a history in threads: it is read once and cut into pieces, of a state where snapshots lie. Each piece is
 * verified from the snapshot before it, which the piece before it must end in. Where anything does not hold, the whole is
 * verified in one pass, so that what is told is the same however many threads there are. The state at the end stays in
 * its thread, and an interruption leaves nothing to go on from.
 */
export const verifyInPieces = async (read: ReadFrom, asked: InPieces, threads: Threads): Promise<Verification> =>
  (await inPieces(read(0), asked, threads)) ?? verify(read(0), inOnePass(asked))
