import {
  houseBalance,
  imbalances,
  insurance,
  type Pool,
  type Processed,
  skinInTheGame,
  stateHash,
} from '@novation/clearing'
import { toNumber } from '@novation/decimal'
import type { Answered, GatewayStats } from '@novation/gateway'
import type { LedgerReport } from '@novation/ledger'
import type { Health, Log, Metrics, ReactorReport, Scheduler } from '@novation/platform'
import type { SourceReport } from '@novation/source'
import { indexPages, noteSources } from './index-pages'

/** What the services report, turned into log lines, metrics and health. */
export interface Watch {
  readonly log: Log
  readonly ledger: LedgerReport
  readonly reactor: (service: string) => ReactorReport
  readonly source: (source: string) => SourceReport
  readonly answered: (answered: Answered) => void
  readonly gateway: (stats: () => GatewayStats) => void
  /** Brings up to date what is only looked at when somebody asks. */
  readonly refresh: () => void
  /** Says where each ledger of this process came to rest: what its history, folded by anybody, must come to as well. */
  readonly rest: () => void
}

const outcomeOf = (outcome: Processed): string =>
  outcome.tag !== 'decided' ? outcome.tag : outcome.rejection === undefined ? 'accepted' : 'rejected'

/** The whole books are summed at most so often: it looks at every balance there is. */
const imbalanceEvery_ms = 30_000

const pages = (metrics: Metrics, { name: pool, ...state }: Pool): void => {
  const settlement = state.settlementAsset ?? ''
  const layer = (account: string): number => toNumber(houseBalance({ name: pool, ...state }, account, settlement))
  metrics.set('novation_pool_frozen', { pool }, state.frozen ? 1 : 0)
  metrics.set('novation_insurance_fund', { pool, layer: 'fund' }, layer(insurance))
  metrics.set('novation_insurance_fund', { pool, layer: 'skin-in-the-game' }, layer(skinInTheGame))
  metrics.set('novation_liquidations_open', { pool }, state.liquidations.size)
  metrics.set('novation_margin_calls_open', { pool }, state.calls.size)
  metrics.set('novation_accounts', { pool }, state.accounts.size)
}

const gatewayPage = (metrics: Metrics, stats: GatewayStats): void => {
  metrics.set('novation_gateway_subscribers', {}, stats.connections)
  metrics.set('novation_gateway_cohorts', {}, stats.cohorts)
  metrics.set('novation_gateway_behind', {}, stats.behind)
  metrics.set('novation_gateway_flush_seconds', {}, stats.took_ms / 1000)
  metrics.set('novation_gateway_flush_interval_seconds', {}, stats.flush_ms / 1000)
  metrics.set('novation_gateway_commands_waiting', {}, stats.commandsWaiting)
  for (const [state, count] of Object.entries(stats.jobs)) metrics.set('novation_gateway_jobs', { state }, count)
}

export const watching = (log: Log, metrics: Metrics, health: Health, scheduler: Scheduler): Watch => {
  const pools = new Map<string, Pool>()
  let gateway: (() => GatewayStats) | undefined
  /** By service and pool, how far each has followed: said when somebody asks, since a label at each event costs as much as a fold. */
  const followed = new Map<string, { readonly service: string; readonly pool: string; readonly revision: number }>()
  const summed = new Map<string, { readonly at: number; readonly revision: number }>()

  const sumBooks = (pool: Pool): void => {
    const last = summed.get(pool.name)
    if (last !== undefined && (last.revision === pool.revision || scheduler.now() - last.at < imbalanceEvery_ms)) return
    summed.set(pool.name, { at: scheduler.now(), revision: pool.revision })
    for (const [asset, amount] of imbalances(pool))
      metrics.set('novation_ledger_imbalance', { pool: pool.name, asset }, toNumber(amount))
  }

  const dead = (service: string, code: string, text: string): void => {
    metrics.count('novation_dead_letters_total', { service, code })
    log.warn({ service, code, reason: text }, 'dead-lettered a record')
  }

  return {
    log,
    ledger: {
      decided: ({ pool, type, id, actor }, outcome) => {
        metrics.count('novation_commands_total', { pool, type, outcome: outcomeOf(outcome) })
        if (outcome.tag === 'decided' && outcome.rejection !== undefined) {
          metrics.count('novation_rejections_total', { pool, code: outcome.rejection.code })
          log.debug({ pool, command: id, actor, type, ...outcome.rejection }, 'rejected a command')
        }
      },
      committed: (pool, events, stored) => {
        const revision = stored.at(-1)?.revision ?? pool.revision
        pools.set(pool.name, pool)
        metrics.set('novation_ledger_revision', { pool: pool.name }, revision)
        metrics.observe('novation_append_events', { pool: pool.name }, events.length)
        for (const { type } of events) metrics.count('novation_events_total', { pool: pool.name, type })
        noteSources(metrics, log, pool.name, events)
        const last = events.at(-1)
        log.debug({ pool: pool.name, revision, event: last?.id, events: events.length }, 'appended')
      },
      appended: (stream, _, tries, took_ms) => {
        const pool = stream.replace(/^ledger-/, '')
        metrics.observe('novation_append_seconds', { pool }, took_ms / 1000)
        if (tries > 1) metrics.count('novation_append_retries_total', { pool }, tries - 1)
      },
      // Said once for all that waits for the store, and not at every try: see store-watch.ts.
      uncertain: (stream, reason) =>
        log.debug({ stream, reason }, 'the outcome of an append is not known; trying again'),
      deadLettered: ({ code, text }) => dead('ledger', code, text),
      published: (pool, revision) => {
        metrics.set('novation_relay_revision', { pool }, revision)
        metrics.set('novation_relay_standby', { pool }, 0)
      },
      stoodBy: (pool) => {
        metrics.set('novation_relay_standby', { pool }, 1)
        log.info({ pool }, 'another relay publishes this pool; standing by')
      },
      opened: ({ pool, revision }, folded) => {
        metrics.set('novation_snapshot_revision', { pool }, revision)
        log.info({ service: 'ledger', pool, snapshot: revision, folded }, 'opened from a snapshot')
      },
      passedOver: ({ pool, revision }, reason) =>
        log.warn({ service: 'ledger', pool, snapshot: revision, reason }, 'a snapshot is passed over'),
      proved: (pool, { reached, made, proven }) => {
        metrics.set('novation_proven_revision', { pool }, reached)
        for (const { revision } of proven)
          log.info({ service: 'ledger', pool, snapshot: revision }, 'a snapshot is what its history comes to')
        for (const { revision } of made) {
          metrics.set('novation_snapshot_revision', { pool }, revision)
          log.info({ service: 'ledger', pool, snapshot: revision }, 'put a snapshot aside')
        }
      },
      ready: (state) => {
        pools.set(state.name, state)
        metrics.set('novation_ledger_revision', { pool: state.name }, state.revision)
        health.ready(`ledger ${state.name}`)
        log.info({ service: 'ledger', pool: state.name, revision: state.revision, head: state.head }, 'history is read')
      },
    },
    reactor: (service) => ({
      followed: (pool, { revision }) => void followed.set(`${service} ${pool}`, { service, pool, revision }),
      asked: (commands) => {
        for (const { type, id, pool, actor } of commands) {
          // Of several that look on together, the one whose ask it is.
          const [reactor = service] = actor.split(':')
          metrics.count('novation_reactor_asks_total', { service: reactor, pool, type })
          log.debug({ service: reactor, pool, type, command: id }, 'asked')
        }
      },
      refilled: (pool, from, to) => {
        metrics.count('novation_reactor_refills_total', { service, pool })
        log.info({ service, pool, from, to }, 'refilled a gap from the store')
      },
      deadLettered: ({ code, text }) => dead(service, code, text),
      ready: (pool, revision) => {
        health.ready(`${service} ${pool}`)
        log.info({ service, pool, revision }, 'history is read')
      },
    }),
    source: (source) => ({
      signed: () => metrics.count('novation_quotes_total', { source, outcome: 'signed' }),
      passedOver: (why) => metrics.count('novation_quotes_total', { source, outcome: why }),
    }),
    answered: ({ id, route, status, ms, revision, token, error }) => {
      metrics.count('novation_gateway_requests_total', { route, status: String(status) })
      metrics.observe('novation_gateway_request_seconds', { route }, ms / 1000)
      const fields = { service: 'gateway', request: id, route, status, ms, revision, token }
      if (error === undefined) log.debug(fields, 'answered')
      else log.error({ ...fields, reason: error instanceof Error ? error.stack : String(error) }, 'could not answer')
    },
    gateway: (stats) => {
      gateway = stats
    },
    rest: () => {
      for (const pool of pools.values()) {
        const { name, revision, head } = pool
        log.info({ service: 'ledger', pool: name, revision, head, state: stateHash(pool) }, 'the ledger rests')
      }
    },
    refresh: () => {
      for (const pool of pools.values()) {
        pages(metrics, pool)
        indexPages(metrics, pool, scheduler.now())
        sumBooks(pool)
      }
      for (const { service, pool, revision } of followed.values())
        metrics.set('novation_reactor_revision', { service, pool }, revision)
      if (gateway !== undefined) gatewayPage(metrics, gateway())
      for (const [why, seconds] of Object.entries(health.without()))
        metrics.set('novation_store_away_seconds', { why }, seconds)
      for (const [service, age_s] of health.idle()) metrics.set('novation_consumer_idle_seconds', { service }, age_s)
    },
  }
}
