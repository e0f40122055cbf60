import type { FollowOptions } from './feed'
import type { Message } from './generated/api'
import { pauseAfter } from './pauses'
import { Problem } from './problem'
import type { Line } from './request'
import type { OpenSocket, Socket } from './socket'
import type { Why } from './types'

type Told<M> = M extends unknown ? Omit<M, 'channel'> & { readonly channel: string; readonly cursor?: string } : never

/** What is told of a channel: as in a feed, with the pool in front of its name; and that it is not there to be followed. */
export type Said =
  | Told<Message>
  | ({ readonly kind: 'refused'; readonly channel: string } & Pick<Why, 'code' | 'detail'>)

/** What was asked is done. */
interface Answered<K extends string> {
  readonly kind: K
  readonly channel: string
}

export interface SubscribeOptions extends Pick<FollowOptions, 'cursor' | 'from'> {
  readonly filter?: { readonly type?: readonly string[]; readonly account?: string }
}

interface Subscription {
  readonly options: SubscribeOptions
  readonly hear: (said: Said) => void
  cursor: string | undefined
}

/** Several channels, of several pools, that come and go, on one connection after another. */
export interface Conversation {
  /** Follows a channel, `main/events`; again: with other options, and goes on from where it was. Each event is heard once and in order. */
  readonly subscribe: (channel: string, options: SubscribeOptions, hear: (said: Said) => void) => void
  readonly unsubscribe: (channel: string) => void
  /** Comes back once it is closed; rejects where there is nobody to talk to, for good. */
  readonly ended: Promise<void>
  readonly close: () => void
}

const silence_ms = 40_000
const look_ms = 5_000
const tokenEnded = 4401

const revisionIn = (cursor: string | undefined): number => (cursor === undefined ? -1 : Number(cursor.split('.', 1)[0]))

const askFor = (channel: string, { options, cursor }: Subscription): object => {
  const from = cursor ?? options.from
  const { type, account } = options.filter ?? {}
  const filter = {
    ...(type === undefined ? {} : { type: type.join(',') }),
    ...(account === undefined ? {} : { account }),
  }
  return {
    op: 'subscribe',
    channel,
    ...(from === undefined ? {} : { from: String(from) }),
    ...(Object.keys(filter).length === 0 ? {} : { filter }),
  }
}

/** Begins one; it connects by itself, and again whenever it has to. */
export const converse = (line: Line, openSocket: OpenSocket): Conversation => {
  const { world, patience, token } = line
  const url = `${line.url.replace(/^http/, 'ws')}/v1/feed`
  const all = new Map<string, Subscription>()
  const over = new AbortController()
  let live: Socket | undefined
  let heard_at = world.now()
  let attempt = 0

  const say = (op: object): void => live?.send(JSON.stringify(op))

  const hear = (text: string): void => {
    heard_at = world.now()
    attempt = 0
    const said = JSON.parse(text) as Said | Answered<'subscribed'> | Answered<'unsubscribed'>
    const subscription = all.get(said.channel)
    if (subscription === undefined || said.kind === 'subscribed' || said.kind === 'unsubscribed') return
    const cursor = 'cursor' in said ? said.cursor : undefined
    if (said.kind === 'event' && said.revision <= revisionIn(subscription.cursor)) return
    subscription.cursor = cursor ?? subscription.cursor
    if (said.kind === 'resync' || said.kind === 'refused') all.delete(said.channel)
    subscription.hear(said)
  }

  /** One connection, to its end: the number that it was closed with. */
  const connection = (): Promise<number> =>
    new Promise((resolve) => {
      const socket = openSocket(url, token)
      const leave = (): void => socket.close()
      socket.onopen = () => {
        live = socket
        heard_at = world.now()
        for (const [channel, subscription] of all) say(askFor(channel, subscription))
      }
      socket.onmessage = ({ data }) => hear(String(data))
      socket.onclose = ({ code }) => {
        live = undefined
        over.signal.removeEventListener('abort', leave)
        resolve(code)
      }
      // It is closed, too.
      socket.onerror = () => undefined
      over.signal.addEventListener('abort', leave)
    })

  /** Whoever says nothing for too long is gone, whatever the socket thinks. */
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await world.sleep(look_ms, over.signal)
      if (live !== undefined && world.now() - heard_at > silence_ms) live.close()
    }
  }

  /** Nobody is called before who began it has subscribed to anything. */
  const talk = async (): Promise<void> => {
    await Promise.resolve()
    void watch()
    while (!over.signal.aborted) {
      const code = await connection()
      if (over.signal.aborted) return
      if (code === tokenEnded) throw new Problem({ code: 'unauthenticated', detail: 'the token is no longer in force' })
      await world.sleep(pauseAfter(attempt, patience), over.signal)
      attempt += 1
    }
  }

  const ended = talk().finally(() => over.abort())
  // Who does not wait for the end is not to fall over it.
  void ended.catch(() => undefined)
  return {
    subscribe: (channel, options, hearing) => {
      const subscription = { options, hear: hearing, cursor: options.cursor ?? all.get(channel)?.cursor }
      all.set(channel, subscription)
      say(askFor(channel, subscription))
    },
    unsubscribe: (channel) => {
      if (all.delete(channel)) say({ op: 'unsubscribe', channel })
    },
    ended,
    close: () => over.abort(),
  }
}
