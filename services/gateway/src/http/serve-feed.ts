import { firstAt } from '@novation/audit'
import type { Asked, Said } from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import { Channels, type Wish } from '../feeds/channels'
import { type FeedCursor, isStill, readCursor } from '../feeds/cursor'
import { follow, resync } from '../feeds/feed'
import type { Page } from '../feeds/pages'
import type { Gateway } from '../gateway'
import type { Head } from '../heads'
import { messages } from './described'
import { reached } from './head-of'
import { ofPool } from './line'
import { type Problem, problem } from './problems'
import type { QueryOf } from './query'
import { eventsQuery } from './serve-events'
import { PlaceText } from './shared'

export const feedQuery = {
  channels: Channels,
  from: PlaceText,
  type: eventsQuery.type,
  account: eventsQuery.account,
}

const headers = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-accel-buffering': 'no',
}

/** A reader that may not send headers says where it was in its query; one that comes again, in `Last-Event-ID`. */
const cursorIn = ({ headers: { 'last-event-id': text } }: Asked): Either<Problem, FeedCursor | undefined> => {
  if (text === undefined || text === '') return right(undefined)
  const cursor = readCursor(text)
  return cursor === undefined
    ? left(problem('bad-position', 'Last-Event-ID is no cursor of a feed: leave it out, and begin with `from`'))
    : right(cursor)
}

const standsAt = async ({ pages }: Gateway, { book }: Head, revision: number): Promise<Page['last'] | undefined> =>
  revision < 0 ? undefined : (await pages(book.name, revision, revision))?.last

interface Beginning {
  readonly from: number
  readonly before: Page['last'] | undefined
}

/** Where the telling begins; or why who was told something must begin anew. */
const beginning = async (
  gateway: Gateway,
  head: Head,
  asked: Asked,
  cursor: FeedCursor | undefined,
  { from }: QueryOf<typeof feedQuery>,
): Promise<Beginning | string> => {
  if (cursor === undefined) {
    const first = await firstAt(gateway.store, head.book.name, from ?? { tag: 'end' })
    return { from: first, before: await standsAt(gateway, head, Math.min(first - 1, head.book.revision)) }
  }
  // Another gateway may have been a little ahead of this one.
  const come = await reached(gateway, head, cursor.revision, asked.left)
  if (come._tag === 'Left')
    return `the cursor is at ${cursor.revision}, beyond the end of the ledger at ${head.book.revision}`
  const before = await standsAt(gateway, head, cursor.revision)
  return before !== undefined && isStill(cursor, before.hash)
    ? { from: cursor.revision + 1, before }
    : `event ${cursor.revision} is not what it was: a backup was restored`
}

/** Tells events as they happen, as Server-Sent Events. */
export const feed = ofPool({
  method: 'GET',
  path: '/feed',
  name: 'feed',
  summary: 'Events as they happen, as Server-Sent Events',
  seenBy: 'pool',
  answers: messages,
  query: feedQuery,
  serve: (gateway, { asked, grant, head, query }): Either<Problem, Said> => {
    const { channels = ['events'], type, account } = query
    if (!channels.includes('events') && (type !== undefined || account !== undefined))
      return left(problem('malformed', '`type` and `account` say which events: follow the channel `events` too'))
    const cursor = cursorIn(asked)
    if (cursor._tag === 'Left') return cursor
    if (asked.method === 'HEAD') return right({ status: 200, headers, body: '' })
    const place = gateway.places.take(grant)
    if (place._tag === 'Left') return place
    const wish: Wish = { channels, filter: { types: type ?? [], accounts: account === undefined ? [] : [account] } }
    const ended = async (): Promise<string | undefined> => {
      const still = await gateway.door(asked.headers.authorization)
      return still._tag === 'Left' ? still.left.code : undefined
    }
    return right({
      status: 200,
      headers,
      body: async (out) => {
        try {
          const begin = await beginning(gateway, head, asked, cursor.right, query)
          if (typeof begin === 'string') await out.write(resync(begin)).then(() => undefined)
          else await follow(gateway, head, { ...begin, wish, ended }, out, asked.left)
        } finally {
          place.right()
        }
      },
    })
  },
})
