import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

type Labels = Readonly<Record<string, string>>

/** Every metric of a process: names begin with `novation_`, units are base units, and no label ever names an account. */
export interface Metrics {
  readonly count: (name: MetricName, labels: Labels, by?: number) => void
  readonly set: (name: MetricName, labels: Labels, value: number) => void
  readonly observe: (name: MetricName, labels: Labels, value: number) => void
  /** The page Prometheus reads. */
  readonly page: () => Promise<string>
  readonly contentType: string
}

type Kind = 'counter' | 'gauge' | 'histogram'

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** What the mesh measures: dashboards and alerts name nothing else. */
export const metricTable = {
  novation_commands_total: { kind: 'counter', labels: ['pool', 'type', 'outcome'], help: 'Commands by how they ended' },
  novation_rejections_total: { kind: 'counter', labels: ['pool', 'code'], help: 'Commands rejected, by code' },
  novation_dead_letters_total: {
    kind: 'counter',
    labels: ['service', 'code'],
    help: 'Records dead-lettered, by reason',
  },
  novation_events_total: { kind: 'counter', labels: ['pool', 'type'], help: 'Events appended' },
  novation_append_seconds: {
    kind: 'histogram',
    labels: ['pool'],
    help: 'From an append to its answer, retries included',
    buckets: seconds,
  },
  novation_append_events: {
    kind: 'histogram',
    labels: ['pool'],
    help: 'Events in one append (group commit)',
    buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000],
  },
  novation_append_retries_total: {
    kind: 'counter',
    labels: ['pool'],
    help: 'Appends whose outcome was unknown at first',
  },
  novation_ledger_revision: { kind: 'gauge', labels: ['pool'], help: 'Revision of the last durable event' },
  novation_ledger_imbalance: {
    kind: 'gauge',
    labels: ['pool', 'asset'],
    help: 'What the books do not explain; anything but 0 is an emergency',
  },
  novation_pool_frozen: { kind: 'gauge', labels: ['pool'], help: '1 while withdrawals are stopped' },
  novation_insurance_fund: {
    kind: 'gauge',
    labels: ['pool', 'layer'],
    help: 'What a prefunded layer holds, in the settlement asset',
  },
  novation_liquidations_open: { kind: 'gauge', labels: ['pool'], help: 'Accounts being liquidated' },
  novation_margin_calls_open: { kind: 'gauge', labels: ['pool'], help: 'Margin calls not yet met' },
  novation_accounts: { kind: 'gauge', labels: ['pool'], help: 'Accounts opened' },
  novation_index_fresh_weight: {
    kind: 'gauge',
    labels: ['pool', 'index'],
    help: 'Weight of the sources whose last quote is fresh; below novation_index_quorum there is no price',
  },
  novation_index_quorum: { kind: 'gauge', labels: ['pool', 'index'], help: 'The least weight that makes a price' },
  novation_index_held: {
    kind: 'gauge',
    labels: ['pool', 'index'],
    help: '1 while a price is held that nobody has confirmed yet',
  },
  novation_index_confidence: {
    kind: 'gauge',
    labels: ['pool', 'index'],
    help: 'How far off the price may be by what its sources say, as a share of it',
  },
  novation_source_rounds_total: {
    kind: 'counter',
    labels: ['pool', 'index', 'source'],
    help: 'Ticks of an index that a source had a part in',
  },
  novation_source_off_total: {
    kind: 'counter',
    labels: ['pool', 'index', 'source'],
    help: 'Of them, those in which it was far from all others',
  },
  novation_source_equivocations_total: {
    kind: 'counter',
    labels: ['pool', 'source'],
    help: 'Times a source has signed two truths of one moment',
  },
  novation_quotes_total: {
    kind: 'counter',
    labels: ['source', 'outcome'],
    help: 'What a source heard: quotes signed, and what was passed over, by why',
  },
  novation_relay_revision: {
    kind: 'gauge',
    labels: ['pool'],
    help: 'Revision of the last event known to be on the bus',
  },
  novation_relay_standby: { kind: 'gauge', labels: ['pool'], help: '1 while another relay does the work' },
  novation_snapshot_revision: {
    kind: 'gauge',
    labels: ['pool'],
    help: 'Revision of the newest snapshot that the ledger was opened from or has put aside',
  },
  novation_proven_revision: {
    kind: 'gauge',
    labels: ['pool'],
    help: 'Up to here every command was decided again, and came to what is recorded',
  },
  novation_reactor_revision: {
    kind: 'gauge',
    labels: ['service', 'pool'],
    help: 'Revision of the last event followed',
  },
  novation_reactor_asks_total: {
    kind: 'counter',
    labels: ['service', 'pool', 'type'],
    help: 'Commands sent by a reactor',
  },
  novation_reactor_refills_total: {
    kind: 'counter',
    labels: ['service', 'pool'],
    help: 'Gaps in the feed refilled from the store',
  },
  novation_store_away_seconds: {
    kind: 'gauge',
    labels: ['why'],
    help: 'For how long the store has not been there for this process (away), or has not let it in (forbidden); 0 where all is well',
  },
  novation_gateway_requests_total: {
    kind: 'counter',
    labels: ['route', 'status'],
    help: 'Requests answered, by route of the table and status',
  },
  novation_gateway_request_seconds: {
    kind: 'histogram',
    labels: ['route'],
    help: 'From a request to its answer',
    buckets: seconds,
  },
  novation_gateway_subscribers: { kind: 'gauge', labels: [], help: 'Connections on which somebody follows' },
  novation_gateway_cohorts: {
    kind: 'gauge',
    labels: [],
    help: 'Groups of those who are told the same, in the same bytes',
  },
  novation_gateway_behind: {
    kind: 'gauge',
    labels: [],
    help: 'Those who follow and are read to from the store: new, or slow',
  },
  novation_gateway_flush_seconds: { kind: 'gauge', labels: [], help: 'How long it last took to tell all who follow' },
  novation_gateway_flush_interval_seconds: { kind: 'gauge', labels: [], help: 'How often all who follow are told' },
  novation_gateway_commands_waiting: {
    kind: 'gauge',
    labels: [],
    help: 'Commands that were sent here and of which nothing was heard yet',
  },
  novation_gateway_jobs: { kind: 'gauge', labels: ['state'], help: 'Long work that waits, and that is being done' },
  novation_consumer_idle_seconds: { kind: 'gauge', labels: ['service'], help: 'Since the consumer last did anything' },
} as const satisfies Record<
  string,
  { kind: Kind; labels: readonly string[]; help: string; buckets?: readonly number[] }
>

export type MetricName = keyof typeof metricTable

/** A registry of its own for each process, with the measures of the process itself beside the mesh's. */
export const openMetrics = (): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'novation_' })
  const counters = new Map<string, Counter>()
  const gauges = new Map<string, Gauge>()
  const histograms = new Map<string, Histogram>()
  for (const [name, { kind, labels, help, ...rest }] of Object.entries(metricTable)) {
    const common = { name, help, labelNames: [...labels], registers: [registry] }
    if (kind === 'counter') counters.set(name, new Counter(common))
    else if (kind === 'gauge') gauges.set(name, new Gauge(common))
    else
      histograms.set(name, new Histogram({ ...common, ...('buckets' in rest ? { buckets: [...rest.buckets] } : {}) }))
  }
  return {
    count: (name, labels, by = 1) => counters.get(name)?.inc({ ...labels }, by),
    set: (name, labels, value) => gauges.get(name)?.set({ ...labels }, value),
    observe: (name, labels, value) => histograms.get(name)?.observe({ ...labels }, value),
    page: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
