import type { Asked, Said } from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import type { Grant } from '../access/grant'
import { pageForm } from '../forms/page'
import type { Gateway } from '../gateway'
import type { Head } from '../heads'
import { locateSpot, spotOf } from '../moments/locate'
import { type Moment, momentOf, type Spot } from '../moments/moment'
import { type ReadName, reads } from '../reads/index'
import type { Page, Read, Told } from '../reads/read'
import { askPast } from './ask'
import { type Cursor, readCursor, writeCursor } from './cursor'
import { ofMoment } from './described'
import { isKnown, momentAnswer, notModified, tagOf } from './exchange'
import { reached } from './head-of'
import { type Call, type Line, ofPool, type ServedLater } from './line'
import { type Problem, problem } from './problems'
import type { QueryCodecs, QueryOf } from './query'
import { defaultLimit, momentQuery, pageQuery } from './shared'

type ReadQuery = QueryOf<typeof momentQuery & typeof pageQuery>

/** What makes a list the list it is, whichever page of it, at whichever moment. */
export const listOf = ({ path, query }: Asked): string => {
  const words = new URLSearchParams(query)
  for (const name of ['at', 'atLeast', 'limit', 'cursor']) words.delete(name)
  words.sort()
  return `${path}?${words}`
}

const isOf = (spot: Spot, cursor: Cursor | undefined): boolean => cursor === undefined || cursor.hash === spot.hash

/** Where to read, and which page. The pages of one list are all of the revision of the first. */
export const standing = async (
  gateway: Gateway,
  head: Head,
  asked: Asked,
  query: ReadQuery,
): Promise<
  Either<Problem, { readonly spot: Spot | 'head'; readonly page: Page; readonly cursor: Cursor | undefined }>
> => {
  const cursor = query.cursor === undefined ? right(undefined) : readCursor(query.cursor, listOf(asked))
  if (cursor._tag === 'Left') return cursor
  if (cursor.right !== undefined && query.at !== undefined)
    return left(problem('malformed', 'a cursor holds its revision: leave out `at`, or the cursor'))
  if (query.atLeast !== undefined) {
    const come = await reached(gateway, head, query.atLeast, asked.left)
    if (come._tag === 'Left') return come
  }
  const place =
    cursor.right === undefined
      ? (query.at ?? ({ tag: 'end' } as const))
      : ({ tag: 'revision', revision: cursor.right.revision } as const)
  if (place.tag === 'revision' && cursor.right !== undefined && place.revision > head.book.revision)
    return left(problem('bad-position', 'this cursor is beyond the end of the ledger: begin the list anew'))
  const spot = await locateSpot(gateway.store, head, place)
  return spot._tag === 'Left'
    ? spot
    : right({
        spot: spot.right,
        page: { after: cursor.right?.after, limit: query.limit ?? defaultLimit },
        cursor: cursor.right,
      })
}

const saidOf = (asked: Asked, grant: Grant, spot: Spot, told: Told): Said => {
  if ('json' in told) return momentAnswer(asked, spot, grant, told.json)
  const { items, after } = told
  const { revision, hash } = spot
  const next = after === undefined ? {} : { next: writeCursor({ list: listOf(asked), revision, hash, after }) }
  return momentAnswer(asked, spot, grant, { items, ...next })
}

const firstPage: Page = { after: undefined, limit: defaultLimit }

/** Most ask about now, and are answered on the spot. */
const serveNow = (read: Read, { asked, grant, head, query }: Call<QueryCodecs>): Either<Problem, Said> => {
  const spot = spotOf(head)
  if (isKnown(asked, tagOf(spot, grant))) return right(notModified(asked, spot, grant))
  const question = { params: asked.params, query, page: firstPage, own: grant.account }
  const told = read.read(momentOf(head.book), question)
  return told._tag === 'Left' ? told : right(saidOf(asked, grant, spot, told.right))
}

const isOfNow = ({ isHeavy }: Read, { head: { book }, asked }: Call<QueryCodecs>): boolean =>
  !isHeavy && asked.query === '' && book.revision >= 0

const serve = async (
  gateway: Gateway,
  name: ReadName,
  { asked, grant, head, query }: Call<QueryCodecs>,
): ServedLater => {
  const read: Read = reads[name]
  const where = await standing(gateway, head, asked, query as ReadQuery)
  if (where._tag === 'Left') return where

  // From here to the answer nothing may wait, but for the past: the head must not move in between.
  const { page, cursor } = where.right
  const spot = where.right.spot === 'head' ? spotOf(head) : where.right.spot
  if (!isOf(spot, cursor))
    return left(problem('bad-position', 'this cursor is of a history that is no more: begin the list anew'))
  if (isKnown(asked, tagOf(spot, grant))) return right(notModified(asked, spot, grant))
  const question = { params: asked.params, query, page, own: grant.account }
  const { book, ring } = head
  const { revision, hash } = spot
  const answer = (moment: Moment): Either<Problem, Told> => read.read(moment, question)
  const told = read.isHeavy
    ? undefined
    : revision === book.revision
      ? answer(momentOf(book))
      : await ring.at(revision, hash, answer)
  const past =
    told ?? (await askPast(gateway, { pool: book.name, revision, hash, read: name, asked: question }, asked.left))
  return past._tag === 'Left' ? past : right(saidOf(asked, grant, spot, past.right))
}

/** Answers a read: at the head on the spot, and a little before it in the book; elsewhere by who works out the past. */
const lineOf = (name: ReadName): Line => {
  const { path, summary, seenBy, query, answers, isList }: Read = reads[name]
  return ofPool({
    method: 'GET',
    path,
    name,
    summary,
    seenBy,
    answers: ofMoment(isList ? pageForm(answers) : answers),
    query: { ...query, ...momentQuery, ...(isList ? pageQuery : {}) },
    serve: (gateway, call) => (isOfNow(reads[name], call) ? serveNow(reads[name], call) : serve(gateway, name, call)),
  })
}

/** Every question about one moment. */
export const readLines: readonly Line[] = (Object.keys(reads) as ReadName[]).map(lineOf)
