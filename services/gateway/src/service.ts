import { topics } from '@novation/events'
import {
  type Bus,
  type Checkpoints,
  type EventStore,
  Halted,
  type Listening,
  type Reactor,
  type ReactorReport,
  runReactors,
  type Scheduler,
  serveRoutes,
} from '@novation/platform'
import { alsoPublic, keepDoor, onlyLooking, openDoor, type ReadTokens } from './access/doorkeeper'
import { keepPlaces } from './access/places'
import { keepRates } from './access/rates'
import { startWaiting } from './commands/waiting'
import { type FeedStats, openFeeds } from './feeds/feeds'
import { openPages } from './feeds/pages'
import type { Gateway } from './gateway'
import { followingHeads, type Head } from './heads'
import { preparePast } from './http/ask'
import { type Answered, served } from './http/routes'
import { type JobsGiven, keepJobs } from './jobs/keep-jobs'
import type { AskPast } from './moments/ask-past'
import { keepPulse } from './pulse'
import type { Site } from './site'

export interface GatewayReport extends ReactorReport {
  readonly answered?: (answered: Answered) => void
  /** It serves, and where. */
  readonly listening?: (url: string) => void
  /** It has begun to look after those who follow, and after what is sent: how that goes can be asked at any time. */
  readonly watched?: (stats: () => GatewayStats) => void
  /** The tokens cannot be read, and why: nobody is let in. */
  readonly closed?: (error: unknown) => void
  /** Moments of the past could not be prepared, and why: whoever asks first has it done. */
  readonly unprepared?: (error: unknown) => void
  /** What came of a job, or that it was asked, could not be kept, and why: it is there as long as this gateway is. */
  readonly unkept?: (error: unknown) => void
}

export interface GatewayStats extends FeedStats {
  /** Commands that were sent here and of which nothing was heard yet. */
  readonly commandsWaiting: number
  readonly jobs: { readonly waiting: number; readonly running: number }
}

export interface GatewayService {
  readonly pools: readonly string[]
  /** The consumer group: each gateway follows the whole feed, so each has one of its own. */
  readonly group: string
  readonly store: EventStore
  readonly bus: Bus
  readonly scheduler: Scheduler
  readonly listen: Listening
  readonly askPast: AskPast
  /** Who does long work, and where what comes of it is kept. */
  readonly jobs: JobsGiven
  /** Who is let in; without it, whoever reaches it. */
  readonly tokens?: ReadTokens
  /** Whoever has no token is let in too, and sees the totals. */
  readonly isPublic?: boolean
  /** Somebody in front says where requests come from. */
  readonly isBehindProxy?: boolean
  /** The file of what was signed of the ledgers, where there is one. */
  readonly signed?: () => Promise<string>
  readonly origins?: readonly string[]
  readonly cors?: readonly string[]
  /** Somebody else writes the ledger: nothing is taken here, from nobody. */
  readonly isReadOnly?: boolean
  /** The console, where it is served too. */
  readonly site?: Site
  readonly checkpoints?: (reactor: Reactor<Head>) => Checkpoints<Head>
  readonly report?: GatewayReport
}

/**
 * The gateway: follows every pool, asks nothing, and answers over HTTP once all of them are caught up. Ends when `signal` is
 * aborted.
 */
export const runGateway = async (service: GatewayService, signal: AbortSignal): Promise<void> => {
  const {
    pools,
    group,
    store,
    bus,
    scheduler,
    listen,
    askPast,
    jobs: jobsGiven,
    tokens,
    isPublic = false,
    isBehindProxy = false,
    signed = async () => '',
    origins = [],
    cors = [],
    isReadOnly = false,
    site,
    checkpoints,
    report = {},
  } = service
  const waiting = startWaiting(() => scheduler.now())
  const pulse = keepPulse(() => scheduler.now())
  const pages = openPages(store)
  const jobs = keepJobs(jobsGiven, scheduler, (error) => report.unkept?.(error))
  const feeds = openFeeds(pages, scheduler, jobs.find)
  const { reactor, heads } = followingHeads(({ name }, events) => {
    waiting.decided(events)
    pulse.decided(name, events)
    feeds.heard(name, events)
  })
  const letIn = tokens === undefined ? openDoor : keepDoor(tokens, scheduler, (error) => report.closed?.(error))
  const letInToo = isPublic ? alsoPublic(letIn, isBehindProxy) : letIn
  const door = isReadOnly ? onlyLooking(letInToo) : letInToo
  const rates = keepRates(() => scheduler.now())
  const gateway: Gateway = {
    heads,
    store,
    bus,
    scheduler,
    askPast,
    waiting,
    door,
    rates,
    origins,
    cors,
    site,
    places: keepPlaces(),
    pages,
    feeds,
    jobs,
    pulse,
    checkpoints: signed,
  }
  report.watched?.(() => ({ ...feeds.stats(), commandsWaiting: waiting.size(), jobs: jobs.stats() }))
  const behind = new Set(pools)
  let server: Promise<Awaited<ReturnType<typeof serveRoutes>>> | undefined
  const stop = new AbortController()
  const ended = AbortSignal.any([signal, stop.signal])
  let failure: { readonly error: unknown } | undefined

  const fail = (error: unknown): void => {
    failure ??= { error }
    if (error instanceof Halted && error.reason === 'fork') feeds.resync(error.message)
    stop.abort()
  }

  /** Whoever ends the gateway ends that too. */
  const unprepared = (error: unknown): void => {
    if (!ended.aborted) report.unprepared?.(error)
  }

  const open = async (): Promise<void> => {
    try {
      await jobs.open()
      server = serveRoutes(
        listen,
        served(gateway, (answered) => report.answered?.(answered)),
      )
      report.listening?.((await server).url)
      for (const pool of pools) void preparePast(gateway, pool, ended).catch(unprepared)
    } catch (error) {
      fail(error)
    }
  }
  const ready = (pool: string, revision: number): void => {
    behind.delete(pool)
    report.ready?.(pool, revision)
    if (behind.size === 0) void open()
  }
  /** What the ledger turns away leaves no event: who sent it hears of it by its dead letter. */
  const hearRefusals = (): Promise<void> =>
    bus.subscribe(
      { topic: topics.deadLetters, group: `${group}-dead-letters`, from: 'end' },
      async (batch) => {
        for (const letter of batch) {
          waiting.buried(letter)
          pulse.buried(letter)
        }
        return batch.length
      },
      ended,
    )
  const follow = (): Promise<void> =>
    runReactors(
      {
        fold: reactor,
        reactors: [reactor],
        pools,
        group,
        store,
        bus,
        scheduler,
        report: { ...report, ready },
        ...(checkpoints === undefined ? {} : { checkpoints: checkpoints(reactor) }),
      },
      ended,
    )
  await Promise.all([follow(), hearRefusals(), feeds.run(ended)].map((part) => part.catch(fail)))
  jobs.close()
  // One that could not be opened has said why already.
  await server?.then(({ close }) => close()).catch(fail)
  if (failure !== undefined) throw failure.error
}
