import { type Place, readPlace } from '@novation/audit'
import { oneOf } from '@novation/events'
import { type Asked, type Conversation, frameOf, type Opened } from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import * as t from 'io-ts'
import type { Grant } from '../access/grant'
import { type Channel, channelsLimit, readChannel } from '../feeds/channels'
import { type FeedCursor, readCursor } from '../feeds/cursor'
import type { Following } from '../feeds/feeds'
import { note } from '../feeds/log-cohort'
import { frames } from '../feeds/wire'
import type { Gateway } from '../gateway'
import type { Head } from '../heads'
import { problemAnswer } from './answers'
import { beginning } from './beginning'
import { foreign } from './host'
import { type Problem, problem } from './problems'
import { eventsQuery } from './serve-events'
import { stillIn, unseenChannel, wishOf } from './serve-feed'

/** Where conversations are held. */
export const socketPath = '/v1/feed'

export const socketLimits = { frame_bytes: 4_096, frames_per_s: 20 } as const

/** What is asked on a connection. `from` is a place, or the cursor of the last message that came whole. */
export const Op = t.exact(
  t.intersection([
    t.type({ op: oneOf('subscribe', 'unsubscribe'), channel: t.string }),
    t.partial({ from: t.string, filter: t.exact(t.partial({ type: eventsQuery.type, account: eventsQuery.account })) }),
  ]),
)
type Op = t.TypeOf<typeof Op>

const known = { op: 'op', channel: 'channel', from: 'from', filter: 'filter' }

const readOp = (text: string): Either<Problem, Op> => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return left(problem('malformed', 'this is not JSON'))
  }
  const op = Op.decode(json)
  if (op._tag === 'Left')
    return left(
      problem('malformed', 'send {"op":"subscribe" or "unsubscribe","channel":"POOL/CHANNEL","from"?,"filter"?}'),
    )
  const stray = Object.keys(json as object).find((key) => !Object.hasOwn(known, key))
  return stray === undefined
    ? op
    : left(problem('malformed', `${JSON.stringify(stray.slice(0, 60))} is not known here`))
}

interface Named {
  readonly head: Head
  readonly channel: Channel
}

/** `main/accounts/alice`: a pool, and a channel of it. */
const named = ({ heads }: Gateway, grant: Grant, path: string): Either<Problem, Named> => {
  const slash = path.indexOf('/')
  const pool = slash < 0 ? path : path.slice(0, slash)
  const head = grant.pools === undefined || grant.pools.has(pool) ? heads.get(pool) : undefined
  if (head === undefined)
    return left(problem('unknown-pool', `this gateway follows no pool ${JSON.stringify(pool.slice(0, 64))}`))
  const channel = slash < 0 ? undefined : readChannel(path.slice(slash + 1))
  if (channel === undefined) return left(problem('malformed', `${JSON.stringify(path.slice(0, 100))} is no channel`))
  const unseen = unseenChannel(grant, channel)
  return unseen === undefined ? right({ head, channel }) : left(unseen)
}

/** A position as `at` is, or the cursor of a message; undefined where it is neither. */
const whereOf = (from: string): FeedCursor | Place | undefined => readPlace(from) ?? readCursor(from)

/** One who converses, and what he follows, by the path of each channel. */
const talkWith = (gateway: Gateway, grant: Grant, asked: Asked, talk: Conversation) => {
  const { wire, say } = { wire: frames, say: (json: object) => talk.write(frameOf(JSON.stringify(json))) }
  const following = new Map<string, Following>()
  const follow = gateway.feeds.connect({
    wire,
    out: talk,
    ended: () => stillIn(gateway, asked),
    close: talk.close,
    left: asked.left,
  })

  const refuse = ({ code, detail }: Problem, channel: string | undefined): void =>
    say({ ...(channel === undefined ? {} : { channel }), kind: 'refused', code, detail })

  const subscribe = async (
    { channel: path, from, filter }: Op,
    { head, channel }: Named,
  ): Promise<Problem | undefined> => {
    const before = following.get(path)
    if (before === undefined && following.size >= channelsLimit)
      return problem('too-many', `${channelsLimit} channels are followed here: unsubscribe from one, or open another`)
    if ('state' in channel) {
      if (from !== undefined || filter !== undefined)
        return problem('malformed', '`from` and `filter` are for channels of events')
      before?.end()
      say({ channel: path, kind: 'subscribed', revision: head.book.revision })
      following.set(path, follow.state(head, channel, grant.account))
      return undefined
    }
    if (filter !== undefined && channel.log !== 'events')
      return problem('malformed', '`filter` is for the channel `events`')
    if (grant.account !== undefined && filter?.account !== undefined && filter.account !== grant.account)
      return problem('not-found', 'there is no such account for you to see')
    const where = from === undefined ? undefined : whereOf(from)
    if (from !== undefined && where === undefined)
      return problem('bad-position', '`from` is start, end, a revision, @ and an RFC 3339 time, or a cursor')
    await follow.still(head)
    before?.end()
    // Whoever changes a filter goes on from where he is; whoever comes begins with what is next.
    const begin =
      where === undefined
        ? { from: (before?.revision() ?? head.book.revision) + 1, before: undefined }
        : await beginning(gateway, head, where, asked.left)
    if (typeof begin === 'string') {
      talk.write(wire.put(head.book.name, note('resync', channel.word, undefined, { why: begin })))
      return undefined
    }
    say({ channel: path, kind: 'subscribed', revision: begin.from - 1 })
    following.set(path, follow.log(head, wishOf(grant, [channel.log], filter ?? {}), channel.word, begin))
    return undefined
  }

  const unsubscribe = async ({ channel: path }: Op, { head }: Named): Promise<Problem | undefined> => {
    const before = following.get(path)
    if (before === undefined) return problem('malformed', 'nothing of that name is followed here')
    await follow.still(head)
    before.end()
    following.delete(path)
    say({ channel: path, kind: 'unsubscribed', revision: before.revision() })
    return undefined
  }

  return async (text: string): Promise<void> => {
    const op = readOp(text)
    if (op._tag === 'Left') return refuse(op.left, undefined)
    const found = named(gateway, grant, op.right.channel)
    if (found._tag === 'Left') return refuse(found.left, op.right.channel)
    const why = await (op.right.op === 'subscribe' ? subscribe : unsubscribe)(op.right, found.right)
    return why === undefined ? undefined : refuse(why, op.right.channel)
  }
}

const gone = (left_: AbortSignal): Promise<void> =>
  new Promise((resolve) => left_.addEventListener('abort', () => resolve(), { once: true }))

/** Lets somebody in to converse, or says why not: of a page of another site not even that it is here. */
export const openSocket =
  (gateway: Gateway) =>
  async (asked: Asked): Promise<Opened> => {
    const strange = foreign({ ...asked, method: 'POST' }, gateway.origins)
    const grant = strange === undefined ? await gateway.door(asked) : left(strange)
    if (grant._tag === 'Left') return problemAnswer(grant.left, asked.id)
    if (asked.query !== '') return problemAnswer(problem('malformed', 'this takes no query: subscribe on it'), asked.id)
    const place = gateway.places.take(grant.right, asked.left)
    if (place._tag === 'Left') return problemAnswer(place.left, asked.id)
    return async (talk) => {
      const heard = talkWith(gateway, grant.right, asked, talk)
      let last: Promise<void> = Promise.resolve()
      // One after the other, in the order in which they come.
      talk.hear((text) => {
        last = last.then(() => heard(text)).catch(() => talk.close(1011, 'failed'))
      })
      await gone(asked.left).finally(place.right)
    }
  }
