import { sha256 } from '@novation/events'
import { type Either, left, right } from 'fp-ts/Either'
import * as t from 'io-ts'
import { type Problem, problem } from './problems'

/** Where the next page of a list begins. To whoever holds it, it is one opaque word. */
const Place = t.readonly(
  t.type({
    /** The path and query of the list, without `limit`. */
    list: t.string,
    /** The pages of one list are all of this revision, */
    revision: t.number,
    /** and of the history that has this hash there. */
    hash: t.string,
    /** The key of the last item that was told. */
    after: t.string,
  }),
)
export type Cursor = t.TypeOf<typeof Place>

const check_chars = 12

const checkOf = (text: string): string => sha256(`cursor ${text}`).slice(0, check_chars)

export const writeCursor = (cursor: Cursor): string => {
  const text = JSON.stringify(cursor)
  return Buffer.from(checkOf(text) + text).toString('base64url')
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads a cursor of this list. One that was altered, or belongs to another list, leads nowhere. */
export const readCursor = (word: string, list: string): Either<Problem, Cursor> => {
  const whole = Buffer.from(word, 'base64url').toString('utf8')
  const text = whole.slice(check_chars)
  const cursor = Place.decode(whole.startsWith(checkOf(text)) ? parsed(text) : undefined)
  if (cursor._tag === 'Left')
    return left(problem('bad-position', 'this cursor was not made here, or was altered: begin the list anew'))
  return cursor.right.list === list
    ? right(cursor.right)
    : left(problem('bad-position', 'this cursor is of another list, or of another filter: begin the list anew'))
}
