import { type Book, isWhole, judge, readSnapshot, stateHash } from '@novation/clearing'
import { checkpointWitness } from '../../checkpoints/witness'
import { folderShelf } from '../../snapshots/shelf'
import { snapshotWitness } from '../../snapshots/state-at'
import { type Course, finish, isBetweenCommands, startCourse, taking } from '../course'
import { inProgressIn } from '../outcome'
import { startStanding } from '../state'
import { byRevision } from '../verify'
import type { Answer, Begin, Part, PieceEnd, Task } from './messages'
import { unpacked } from './parcel'

interface Piece {
  readonly course: Course
  readonly from: string | undefined
}

const shelfOf = ({ snapshots }: Task) => (snapshots === undefined ? undefined : folderShelf(snapshots))

/** The book that a snapshot holds, where it is the state just behind the link. */
const openedAt = (task: Task, { link, snapshot }: Begin): Book | undefined => {
  if (snapshot === undefined) return undefined
  const opened = readSnapshot(shelfOf(task)?.open(snapshot))
  if (opened._tag === 'Left') return undefined
  const book = opened.right
  const isThere = book.name === task.pool && book.revision === link.next - 1 && book.head === link.head && isWhole(book)
  return isThere ? book.dropIndexes() : undefined
}

/** Nothing where the snapshot is not the state it is said to be. */
const begun = (task: Task, begin: Begin): Piece | undefined => {
  const course = startCourse(task)
  if (begin.link.next === 0) return { course, from: undefined }
  Object.assign(course.link, begin.link)
  if (task.depth === 'chain') return { course, from: undefined }
  const book = openedAt(task, begin)
  if (book === undefined) return undefined
  const from = stateHash(book)
  course.standing = startStanding(judge(book), task.depth)
  return { course, from }
}

const endOf = ({ course, from }: Piece): PieceEnd => {
  const state = course.standing?.pool
  const work = inProgressIn(course)
  return {
    events: course.events,
    ...(from === undefined ? {} : { from }),
    ...(state === undefined ? {} : { to: stateHash(state) }),
    decidedAgain: course.decidedAgain,
    comparedByMeaning: course.comparedByMeaning,
    ...(course.signedFrom === undefined ? {} : { signedFrom: course.signedFrom }),
    vouched: course.vouched,
    ...(work === undefined ? {} : { inProgress: work }),
  }
}

/**
 * Verifies pieces, part by part, as they come. What it says of a piece is that all of it holds, or that something does not:
 * what exactly, a verification from the first event says.
 */
export const newPieces = (): ((part: Part) => Answer) => {
  const pieces = new Map<number, Piece>()
  return ({ task, piece: number, begin, parcel, trades, checkpoints, snapshots, end }) => {
    const unsound: Answer = { piece: number, events: parcel.count, isSound: false }
    const piece = begin === undefined ? pieces.get(number) : begun(task, begin)
    const events = unpacked(parcel)
    if (piece === undefined || events === undefined) return unsound
    pieces.set(number, piece)
    const { course } = piece
    const book = course.standing?.pool
    if (book !== undefined) for (const trade of trades) book.put<Book, true>(book, 'trades', trade, true)
    const shelf = shelfOf(task)
    const witnesses = [
      ...checkpoints.map((statement) => checkpointWitness({ statement })),
      ...(shelf === undefined ? [] : snapshots.map((label) => snapshotWitness(shelf, label))),
    ]
    const take = taking(task, byRevision(witnesses))
    for (const event of events) take(course, event)
    if (end === 'history') finish(course, task)
    const isWholePiece = end === undefined || isBetweenCommands(course)
    const isStateKept = task.depth === 'chain' || course.standing !== undefined
    if (course.faults.size > 0 || !isWholePiece || !isStateKept) return unsound
    if (end !== undefined) pieces.delete(number)
    return { piece: number, events: parcel.count, isSound: true, ...(end === undefined ? {} : { end: endOf(piece) }) }
  }
}
