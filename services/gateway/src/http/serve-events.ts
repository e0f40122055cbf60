import { type EventFilter, firstAt, fits } from '@novation/audit'
import { decodeEvent, type EventType, eventTypes, isEventType, published, reading, streamOf } from '@novation/events'
import { type Asked, Halted, quiet, type RecordedEvent, type Said } from '@novation/platform'
import { type Either, left, map, right } from 'fp-ts/Either'
import { cutFor } from '../access/cut'
import type { Grant } from '../access/grant'
import { EventForm } from '../forms/events'
import type { Gateway } from '../gateway'
import { spotOf } from '../moments/locate'
import type { Spot } from '../moments/moment'
import type { Told } from '../reads/read'
import { answer } from './answers'
import { askPast } from './ask'
import { writeCursor } from './cursor'
import { fixed, listOfEvents } from './described'
import { isKnown, momentHeaders, notModified, tagOf } from './exchange'
import { type Call, ofPool, type ServedLater } from './line'
import { type Problem, problem } from './problems'
import type { QueryOf } from './query'
import { listOf, standing } from './serve-read'
import { formed, listForm, momentQuery, PlaceText, pageQuery } from './shared'

const EventTypes = reading(
  'types of events, with commas between',
  (text): readonly EventType[] | undefined => {
    const words = text.split(',')
    return words.every(isEventType) ? words.filter(isEventType) : undefined
  },
  listForm(eventTypes),
)

/** What events are asked for by. */
export const eventsQuery = {
  ...momentQuery,
  ...pageQuery,
  from: PlaceText,
  type: EventTypes,
  account: formed('an account, or one of the house by its name in the books', /^[A-Za-z0-9._:/-]{1,200}$/),
  command: formed('the id of a command', /^[A-Za-z0-9._:-]{1,64}$/),
}

type EventsQuery = QueryOf<typeof eventsQuery>

/** A page reads at most so many events, and may be short, or empty, for that. */
const readLimit = 50_000
/** So many are read before anybody else gets their turn. */
const stride = 200

const understood = (recorded: RecordedEvent) => {
  const event = decodeEvent(recorded)
  if (event._tag === 'Left') throw new Halted('broken-history', event.left)
  return event.right
}

/** Whether an event is asked for. Only where something is asked of it is it looked into. */
const matcher = ({ type, account, command }: EventsQuery): ((recorded: RecordedEvent) => boolean) => {
  const filter: EventFilter = { types: type ?? [], accounts: account === undefined ? [] : [account] }
  const shows = fits(filter)
  return (recorded) => {
    if (filter.types.length > 0 && !filter.types.some((one) => one === recorded.type)) return false
    if (account === undefined && command === undefined) return true
    const event = understood(recorded)
    return shows(event) && (command === undefined || event.metadata.commandId === command)
  }
}

/** As `novation tail` prints it; cut for who sees one account only, or nothing where it is not for him. */
const textFor = (recorded: RecordedEvent, own: string | undefined): string | undefined => {
  if (own === undefined) return published(recorded).text
  const cut = cutFor(understood(recorded), own)
  return cut === undefined ? undefined : JSON.stringify(cut)
}

interface EventPage {
  readonly texts: readonly string[]
  /** The last revision that was looked at, where there are more. */
  readonly after: number | undefined
}

const readPage = async (
  { store }: Gateway,
  pool: string,
  {
    from,
    to,
    limit,
    wanted,
    own,
    isOver,
  }: {
    readonly from: number
    readonly to: number
    readonly limit: number
    readonly wanted: (recorded: RecordedEvent) => boolean
    /** Whose events they are, where who asks sees only those of one account. */
    readonly own: string | undefined
    readonly isOver: () => boolean
  },
): Promise<EventPage> => {
  const texts: string[] = []
  let looked = 0
  for await (const recorded of store.read(streamOf(pool), from)) {
    if (recorded.revision > to) return { texts, after: undefined }
    looked += 1
    const text = wanted(recorded) ? textFor(recorded, own) : undefined
    if (text !== undefined) texts.push(text)
    const isLast = recorded.revision >= to
    if (texts.length === limit || looked === readLimit || isOver())
      return { texts, after: isLast ? undefined : recorded.revision }
    if (looked % stride === 0) await quiet()
  }
  return { texts, after: undefined }
}

const wantsLines = ({ headers }: Asked): boolean => headers.accept?.includes('application/x-ndjson') ?? false

const saidOf = (asked: Asked, grant: Grant, spot: Spot, { texts, after }: EventPage): Said => {
  const { revision, hash } = spot
  const next =
    after === undefined ? undefined : writeCursor({ list: listOf(asked), revision, hash, after: String(after) })
  const headers = { ...momentHeaders(asked, spot, grant), ...(next === undefined ? {} : { 'x-next-cursor': next }) }
  if (wantsLines(asked)) return answer(200, 'application/x-ndjson', texts.map((text) => `${text}\n`).join(''), headers)
  const more = next === undefined ? '' : `,"next":${JSON.stringify(next)}`
  return answer(200, 'application/json', `{"items":[${texts.join(',')}]${more}}\n`, headers)
}

const serveEvents = async (gateway: Gateway, { asked, grant, head, query }: Call<typeof eventsQuery>): ServedLater => {
  const where = await standing(gateway, head, asked, query)
  if (where._tag === 'Left') return where
  const { page, cursor } = where.right
  const spot = where.right.spot === 'head' ? spotOf(head) : where.right.spot
  if (cursor !== undefined && cursor.hash !== spot.hash)
    return left(problem('bad-position', 'this cursor is of a history that is no more: begin the list anew'))
  if (isKnown(asked, tagOf(spot, grant))) return right(notModified(asked, spot, grant))
  const pool = head.book.name
  const from =
    page.after === undefined
      ? await firstAt(gateway.store, pool, query.from ?? { tag: 'start' })
      : Number(page.after) + 1
  const found = await readPage(gateway, pool, {
    from,
    to: spot.revision,
    limit: page.limit,
    wanted: matcher(query),
    own: grant.account,
    isOver: () => asked.left.aborted,
  })
  return right(saidOf(asked, grant, spot, found))
}

/** Events in order, as `novation tail` prints them. */
export const events = ofPool({
  method: 'GET',
  path: '/events',
  name: 'events',
  summary: 'Events in order, as `novation tail` prints them',
  seenBy: 'pool',
  answers: listOfEvents,
  query: eventsQuery,
  serve: serveEvents,
})

const { account: _, ...ofOneAccount } = eventsQuery

export const accountEvents = ofPool({
  method: 'GET',
  path: '/accounts/:account/events',
  name: 'accountEvents',
  summary: 'The events about one account',
  seenBy: 'owner',
  answers: listOfEvents,
  query: ofOneAccount,
  serve: (gateway, { query, ...call }) =>
    serveEvents(gateway, { ...call, query: { ...query, account: call.asked.params.account ?? '' } }),
})

/** Where an event of this name is, as a revision; the end of all of them where there is none. */
const revisionOf = async (
  gateway: Gateway,
  { asked, head }: Call<Record<never, never>>,
): Promise<Either<Problem, number>> => {
  const { event: word = '' } = asked.params
  if (/^\d{1,15}$/.test(word)) return right(Number(word))
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(word) || head.book.revision < 0) return right(nowhere)
  const { revision, hash } = spotOf(head)
  const found = await askPast(gateway, { pool: head.book.name, revision, hash, event: word }, asked.left)
  return map((told: Told) => ('json' in told ? (told.json as { readonly revision: number }).revision : nowhere))(found)
}

const nowhere = Number.POSITIVE_INFINITY

/** One event by its revision or id. What has happened stays what it is. */
export const event = ofPool({
  method: 'GET',
  path: '/events/:event',
  name: 'event',
  summary: 'One event, by its revision or its id',
  seenBy: 'pool',
  answers: fixed(EventForm, 'busy'),
  query: {},
  serve: async (gateway, call) => {
    const { asked, grant, head } = call
    const { book } = head
    const { event: word = '' } = asked.params
    const where = await revisionOf(gateway, call)
    if (where._tag === 'Left') return where
    const revision = where.right
    if (revision <= book.revision)
      for await (const recorded of gateway.store.read(streamOf(book.name), revision)) {
        const spot = { revision, hash: recorded.hash, at: understood(recorded).at }
        if (isKnown(asked, tagOf(spot, grant))) return right(notModified(asked, spot, grant))
        return right(
          answer(200, 'application/json', `${published(recorded).text}\n`, momentHeaders(asked, spot, grant)),
        )
      }
    return left(problem('not-found', `there is no event ${word.slice(0, 64)}; the last is ${book.revision}`))
  },
})
