import { type Channel, type FollowOptions, follow } from './feed'
import type { Line } from './request'

/** How something stands at a revision; `data` is null where there is no such thing. */
export interface State {
  readonly channel: string
  readonly revision: number
  readonly at: string
  readonly data: Readonly<Record<string, unknown>> | null
}

type Fields = Readonly<Record<string, unknown>>

/** What is so after some of it has changed; null where something is gone. */
export const changed = (before: Fields | null, delta: Fields): Fields =>
  Object.fromEntries(Object.entries({ ...before, ...delta }).filter(([, value]) => value !== null))

/**
 * How each of these stands, whole, each time it changes: at once as it is now, and over however many connections that takes. What was
 * missed meanwhile is not told, only how it stands since.
 */
export const states = (line: Line, pool: string) =>
  async function* (
    channels: Channel | readonly Channel[],
    options: Pick<FollowOptions, 'signal'> = {},
  ): AsyncGenerator<State, void> {
    const known = new Map<string, State>()
    for await (const message of follow(line, pool)(channels, options)) {
      if (message.kind !== 'snapshot' && message.kind !== 'delta') continue
      const { channel, revision, at, data } = message
      const before = known.get(channel)?.data ?? null
      const state: State = {
        channel,
        revision,
        at,
        data: message.kind === 'delta' ? changed(before, data ?? {}) : data,
      }
      known.set(channel, state)
      yield state
    }
  }
