import { type Command, canonicalJson, formatTime, parseQuote, type Quote, sha256, topics } from '@novation/events'
import {
  type Bus,
  bury,
  type Dead,
  type DeadReason,
  type EventStore,
  type Scheduler,
  sendAsks,
} from '@novation/platform'
import { type Carried, carriedWith, isUrgent, lastOf, loadsOf } from './carried'
import { openNotes } from './notes'

/** What a carrier is told about its own running. */
export interface OracleReport {
  readonly asked?: (commands: readonly Command[]) => void
  readonly deadLettered?: (reason: DeadReason) => void
}

export interface RunOracle {
  readonly pools: readonly string[]
  readonly store: EventStore
  readonly bus: Bus
  readonly scheduler: Scheduler
  /** Signs its commands for a domain, as the carrier; each quote bears its source's signature already. */
  readonly sign: (command: Command, domain: string) => Command
  /** What came meanwhile waits for so long, and only the last of each source is carried then. */
  readonly tick_ms: number
  /** What has moved by more than this share waits for nothing. */
  readonly move: number
  readonly report?: OracleReport
}

const actor = 'oracle'

/** Its id follows from what it carries: who carries the same once more is answered as the first time. */
const commandOf = (pool: string, quotes: readonly Quote[], now: number): Command => ({
  id: `quotes-${sha256(canonicalJson(quotes)).slice(0, 32)}`,
  type: 'PublishQuotes',
  pool,
  actor,
  at: formatTime(now),
  data: { quotes },
})

/**
 * Carries quotes from their topic to each pool that wants them, as they are: it can hold them back, and nothing else. What is read
 * counts as done once what carries it is on the bus, so another one goes on where it dies, and what it had in hand comes again.
 * Ends when `signal` is aborted.
 */
export const runOracle = async (
  { pools, store, bus, scheduler, sign, tick_ms, move, report = {} }: RunOracle,
  signal: AbortSignal,
): Promise<void> => {
  const notes = openNotes(store)
  const stop = new AbortController()
  const ended = AbortSignal.any([signal, stop.signal])
  const undertaker = { bus, scheduler, report }
  let failure: { readonly error: unknown } | undefined
  let carried: Carried = new Map()
  let last = Number.NEGATIVE_INFINITY

  const commandsFor = async (pool: string, quotes: readonly Quote[]): Promise<readonly Command[]> => {
    const { domain, wants } = await notes.of(pool)
    // In an open pool nobody has set an index: nothing is wanted there.
    if (domain === undefined) return []
    return loadsOf(quotes.filter(wants)).map((load) => sign(commandOf(pool, load, scheduler.now()), domain))
  }

  /** Whether all of it is where it belongs. */
  const carry = async (
    read: readonly (readonly [Dead['record'], ReturnType<typeof parseQuote>])[],
  ): Promise<boolean> => {
    const dead = read.flatMap(([record, quote]): readonly Dead[] =>
      quote._tag === 'Left' ? [{ record, reason: { code: 'malformed', text: quote.left } }] : [],
    )
    if ((await bury(undertaker, dead, ended)) === 'stopped') return false
    const quotes = lastOf(read.flatMap(([, quote]) => (quote._tag === 'Right' ? [quote.right] : [])))
    const wait_ms = isUrgent(carried, quotes, move) ? 0 : last + tick_ms - scheduler.now()
    if (wait_ms > 0) await scheduler.sleep(wait_ms, ended)
    if (ended.aborted) return false
    const commands = (await Promise.all(pools.map((pool) => commandsFor(pool, quotes)))).flat()
    const sent = await sendAsks(undertaker, commands, (asked) => report.asked?.(asked), ended)
    if (sent === 'stopped') return false
    last = scheduler.now()
    carried = carriedWith(carried, quotes)
    return true
  }

  const subscription = { topic: topics.quotes, group: 'novation-oracle', from: 'beginning' } as const
  await bus.subscribe(
    subscription,
    async (batch) => {
      try {
        const read = batch.map((delivery) => [delivery, parseQuote(delivery.value.toString('utf8'))] as const)
        return (await carry(read)) ? batch.length : 0
      } catch (error) {
        failure ??= { error }
        stop.abort()
        return 0
      }
    },
    ended,
  )
  if (failure !== undefined) throw failure.error
}
