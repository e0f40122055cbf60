import { type EventFilter, firstAt, fits, readPlace } from '@novation/audit'
import { decodeEvent, type EventType, isEventType, published, reading, streamOf } from '@novation/events'
import { type Asked, Halted, quiet, type RecordedEvent, type Said } from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import type { Grant } from '../access/grant'
import type { Gateway } from '../gateway'
import { type Spot, spotOf } from '../moments/locate'
import { answer } from './answers'
import { writeCursor } from './cursor'
import { isKnown, momentHeaders, notModified, tagOf } from './exchange'
import { headOf } from './head-of'
import { type Problem, problem } from './problems'
import { type QueryOf, readQuery } from './query'
import { listOf, standing } from './serve-read'
import { momentQuery, pageQuery } from './shared'

const EventTypes = reading('types of events, with commas between', (text): readonly EventType[] | undefined => {
  const words = text.split(',')
  return words.every(isEventType) ? words.filter(isEventType) : undefined
})

const bookName = /^[A-Za-z0-9._:/-]{1,200}$/

/** What events are asked for by. */
export const eventsQuery = {
  ...momentQuery,
  ...pageQuery,
  from: reading('start, end, a revision, or @ and an RFC 3339 time', readPlace),
  type: EventTypes,
  account: reading('an account, or one of the house by its name in the books', (text) =>
    bookName.test(text) ? text : undefined,
  ),
  command: reading('the id of a command', (text) => (/^[A-Za-z0-9._:-]{1,64}$/.test(text) ? text : undefined)),
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
    isOver,
  }: {
    readonly from: number
    readonly to: number
    readonly limit: number
    readonly wanted: (recorded: RecordedEvent) => boolean
    readonly isOver: () => boolean
  },
): Promise<EventPage> => {
  const texts: string[] = []
  let looked = 0
  for await (const recorded of store.read(streamOf(pool), from)) {
    if (recorded.revision > to) return { texts, after: undefined }
    looked += 1
    if (wanted(recorded)) texts.push(published(recorded).text)
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

/** Events in order, as `novation tail` prints them; with an account in the path, those about it. */
export const serveEvents =
  (gateway: Gateway) =>
  async (asked: Asked, grant: Grant): Promise<Either<Problem, Said>> => {
    const head = headOf(gateway, asked, grant)
    if (head._tag === 'Left') return head
    const { account: _, ...codecs } = eventsQuery
    const own = asked.params.account
    const query = readQuery<Partial<typeof eventsQuery>>(own === undefined ? eventsQuery : codecs, asked.query)
    if (query._tag === 'Left') return query
    const wish: EventsQuery = { ...(query.right as EventsQuery), ...(own === undefined ? {} : { account: own }) }
    const where = await standing(gateway, head.right, asked, wish)
    if (where._tag === 'Left') return where
    const { page, cursor } = where.right
    const spot = where.right.spot === 'head' ? spotOf(head.right) : where.right.spot
    if (cursor !== undefined && cursor.hash !== spot.hash)
      return left(problem('bad-position', 'this cursor is of a history that is no more: begin the list anew'))
    if (isKnown(asked, tagOf(spot, grant))) return right(notModified(asked, spot, grant))
    const pool = head.right.book.name
    const from =
      page.after === undefined
        ? await firstAt(gateway.store, pool, wish.from ?? { tag: 'start' })
        : Number(page.after) + 1
    const found = await readPage(gateway, pool, {
      from,
      to: spot.revision,
      limit: page.limit,
      wanted: matcher(wish),
      isOver: () => asked.left.aborted,
    })
    return right(saidOf(asked, grant, spot, found))
  }

/** One event by its revision. What has happened stays what it is. */
export const serveEvent =
  (gateway: Gateway) =>
  async (asked: Asked, grant: Grant): Promise<Either<Problem, Said>> => {
    const head = headOf(gateway, asked, grant)
    if (head._tag === 'Left') return head
    const query = readQuery({}, asked.query)
    if (query._tag === 'Left') return query
    const { event: word = '' } = asked.params
    const revision = /^\d{1,15}$/.test(word) ? Number(word) : Number.POSITIVE_INFINITY
    if (revision <= head.right.book.revision)
      for await (const recorded of gateway.store.read(streamOf(head.right.book.name), revision)) {
        const spot = { revision, hash: recorded.hash, at: understood(recorded).at }
        if (isKnown(asked, tagOf(spot, grant))) return right(notModified(asked, spot, grant))
        return right(
          answer(200, 'application/json', `${published(recorded).text}\n`, momentHeaders(asked, spot, grant)),
        )
      }
    return left(problem('not-found', `there is no event ${word.slice(0, 64)}; the last is ${head.right.book.revision}`))
  }
