import type { EventType } from '@novation/events'
import type { Asked, Outflow, Said } from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import type { Grant } from '../access/grant'
import { type Channel, Channels, isSeen, type LogName, type Wish } from '../feeds/channels'
import { closings } from '../feeds/connection'
import { type FeedCursor, readCursor } from '../feeds/cursor'
import { note } from '../feeds/log-cohort'
import { inside, lines } from '../feeds/wire'
import type { Gateway } from '../gateway'
import { beginning } from './beginning'
import { messages } from './described'
import { ofPool } from './line'
import { noToken, type Problem, problem } from './problems'
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

/** Why who follows may not any more, or nothing. */
export const stillIn = async ({ door }: Gateway, asked: Asked): Promise<string | undefined> => {
  const still = await door(asked)
  return still._tag === 'Left' ? still.left.code : undefined
}

/** Which events: of `events`, those that are asked for; of who sees his own account only, those about it. */
export const wishOf = (
  { account: own }: Pick<Grant, 'account'>,
  channels: readonly LogName[],
  { type, account }: { readonly type?: readonly EventType[] | undefined; readonly account?: string | undefined },
): Wish => {
  const of = own ?? account
  return { channels, filter: { types: type ?? [], accounts: of === undefined ? [] : [of] }, own }
}

const hidden = problem('not-found', 'there is no such account, or job, for you to see')

/** Why somebody may not follow something, or nothing. */
export const unseenChannel = (grant: Grant, channel: Channel): Problem | undefined => {
  if (isSeen(channel, grant)) return undefined
  return grant.sight === 'public' ? noToken : hidden
}

const logsOf = (channels: readonly Channel[]): readonly LogName[] =>
  channels.flatMap((channel) => ('log' in channel ? [channel.log] : []))

const statesOf = (channels: readonly Channel[]) => channels.flatMap((channel) => ('state' in channel ? [channel] : []))

const everything: readonly Channel[] = [{ word: 'events', log: 'events' }]

/** Still there until who follows has left, or was hung up on. */
const gone = (left: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (left.aborted) resolve()
    else left.addEventListener('abort', () => resolve(), { once: true })
  })

/** Tells events and how things stand, as Server-Sent Events. */
export const feed = ofPool({
  method: 'GET',
  path: '/feed',
  name: 'feed',
  summary: 'Events and how things stand, as they happen, as Server-Sent Events',
  // Each channel says by whom it is seen.
  seenBy: 'public',
  answers: messages,
  query: feedQuery,
  serve: (gateway, { asked, grant, head, query }): Either<Problem, Said> => {
    const { channels = everything, type, account, from = { tag: 'end' } } = query
    const logs = logsOf(channels)
    if (!logs.includes('events') && (type !== undefined || account !== undefined))
      return left(problem('malformed', '`type` and `account` say which events: follow the channel `events` too'))
    if (grant.account !== undefined && account !== undefined && account !== grant.account) return left(hidden)
    const unseen = channels.map((channel) => unseenChannel(grant, channel)).find((why) => why !== undefined)
    if (unseen !== undefined) return left(unseen)
    const cursor = cursorIn(asked)
    if (cursor._tag === 'Left') return cursor
    if (asked.method === 'HEAD') return right({ status: 200, headers, body: '' })
    const place = gateway.places.take(grant, asked.left)
    if (place._tag === 'Left') return place
    const serve = async (out: Outflow): Promise<void> => {
      const stop = new AbortController()
      asked.left.addEventListener('abort', () => stop.abort(), { once: true })
      if (asked.left.aborted) return
      const ended = stop.signal
      const close = (code: number, reason: string): void => {
        const why = { kind: 'closed', code: reason }
        if (code === closings.ended) out.write(lines.put(head.book.name, { channel: undefined, rest: inside(why) }))
        stop.abort()
        if (code === closings.slow) out.hangUp()
      }
      const connection = { wire: lines, out, ended: () => stillIn(gateway, asked), close, left: ended }
      const follow = gateway.feeds.connect(connection)
      if (logs.length > 0) {
        const begin = await beginning(gateway, head, cursor.right ?? from, ended)
        if (typeof begin === 'string') {
          out.write(lines.put(head.book.name, note('resync', undefined, undefined, { why: begin })))
          return stop.abort()
        }
        void follow.log(head, wishOf(grant, logs, { type, account }), undefined, begin)
      }
      for (const channel of statesOf(channels)) void follow.state(head, channel, grant.account)
      return gone(ended)
    }
    return right({ status: 200, headers, body: (out) => serve(out).finally(place.right) })
  },
})
