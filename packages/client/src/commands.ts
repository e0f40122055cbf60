import type { Rehearsal } from './generated/api'
import { paths } from './generated/paths'
import { isPassing } from './pauses'
import { Unreachable } from './problem'
import { insist, type Line, located, whyOf } from './request'
import type { Sent, Why, Wish } from './types'

export interface SendOptions {
  /** How long the gateway waits for the outcome, in seconds: at most 30, and none where it is left out. */
  readonly wait_s?: number
  readonly signal?: AbortSignal
}

/** The id and the time of a wish, once and for all attempts; what it says itself stays. */
const complete = ({ world }: Line, wish: Wish): Wish & { readonly id: string } => ({
  ...wish,
  id: wish.id ?? world.newId(),
  at: wish.at ?? new Date(world.now()).toISOString(),
})

const ledgerDecided = 422

const post = (line: Line, pool: string, command: Wish & { readonly id: string }, words: object, options: SendOptions) =>
  insist(line, {
    method: 'POST',
    path: located(paths.send, { pool, ...words }),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': command.id,
      ...(options.wait_s === undefined ? {} : { prefer: `wait=${Math.floor(options.wait_s)}` }),
    },
    body: JSON.stringify(command),
    signal: options.signal,
  })

const isHit = ({ headers }: Response): boolean => headers.get('idempotency-hit') === 'true'

/**
 * Sends what somebody wants: one id and one time over all attempts, so that it happens once however often it has to be sent. Says
 * what became of it; rejects only where `signal` was aborted.
 */
export const send =
  (line: Line, pool: string) =>
  async (wish: Wish, options: SendOptions = {}): Promise<Sent> => {
    const command = complete(line, wish)
    const { id } = command
    const lost = (why: Why): Sent => ({ id, outcome: 'unknown', why, again: command })
    let response: Response
    try {
      response = await post(line, pool, command, {}, options)
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error
      return lost({ code: 'unavailable', detail: error.message })
    }
    const { status } = response
    if (status === 202) return { id, outcome: 'waiting' }
    if (status === 200) {
      const { revision, events } = (await response.json()) as { readonly revision: number; readonly events: number }
      return { id, outcome: 'accepted', revision, events, hit: isHit(response) }
    }
    const why: Why & { readonly revision?: number } = await whyOf(response)
    if (status === ledgerDecided) return { id, outcome: 'rejected', why, revision: why.revision, hit: isHit(response) }
    return isPassing(status) || status >= 500 ? lost(why) : { id, outcome: 'refused', why }
  }

/** What would come of a command if it were sent now. Nothing is. */
export type Rehearsed =
  | { readonly outcome: 'accepted'; readonly rehearsal: Rehearsal; readonly revision: number }
  | { readonly outcome: 'rejected' | 'refused'; readonly why: Why }

export interface DryRunOptions extends Pick<SendOptions, 'signal'> {
  /** Of which moment; the present where it is left out. */
  readonly at?: string | number
  /** With all that every service then does. */
  readonly settle?: boolean
}

export const dryRun =
  (line: Line, pool: string) =>
  async (wish: Wish, { at, settle, signal }: DryRunOptions = {}): Promise<Rehearsed> => {
    const words = { dryRun: true, at, settle }
    // At its own time a wish of the past would be one of today.
    const command = at === undefined ? complete(line, wish) : { ...wish, id: wish.id ?? line.world.newId() }
    const response = await post(line, pool, command, words, signal === undefined ? {} : { signal })
    if (response.ok)
      return {
        outcome: 'accepted',
        rehearsal: (await response.json()) as Rehearsal,
        revision: Number(response.headers.get('x-revision')),
      }
    return { outcome: response.status === ledgerDecided ? 'rejected' : 'refused', why: await whyOf(response) }
  }
