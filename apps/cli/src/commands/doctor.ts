import {
  type BusLogger,
  describeTopics,
  type EventStore,
  ensureTopics,
  kafkaTopics,
  meshTopics,
  openEventStoreDb,
  type TopicReport,
} from '@novation/platform'
import { type ExitCode, exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { connections } from '../live/settings'
import { toggle } from '../settings/shared'
import { subcommand } from '../subcommand'

/** One thing looked at: how it is, and what to do where it is not well. */
interface Finding {
  readonly what: string
  readonly state: 'ok' | 'wrong' | 'unavailable'
  readonly says: string
}

const quiet: BusLogger = { debug: () => undefined, warn: () => undefined }

const topicFinding = ({ topic, state, differences }: TopicReport): Finding => {
  if (state === 'missing') return { what: topic, state: 'wrong', says: 'missing; create it: novation doctor --create' }
  if (state === 'differs') return { what: topic, state: 'wrong', says: `differs: ${differences.join('; ')}` }
  return { what: topic, state: 'ok', says: state }
}

const lookAtKafka = async (
  brokers: readonly string[],
  {
    partitions,
    replication,
    create,
  }: { readonly partitions: number; readonly replication: number; readonly create: boolean },
): Promise<readonly Finding[]> => {
  const settings = { brokers, clientId: 'novation-doctor', logger: quiet, topics: meshTopics(partitions), retries: 2 }
  const specs = kafkaTopics(partitions, replication)
  const reports = await (create ? ensureTopics : describeTopics)(settings, specs)()
  return reports._tag === 'Left'
    ? [{ what: `Kafka at ${brokers.join(',')}`, state: 'unavailable', says: reports.left.reason }]
    : [{ what: `Kafka at ${brokers.join(',')}`, state: 'ok', says: 'answers' }, ...reports.right.map(topicFinding)]
}

const lookAtStore = async (store: EventStore): Promise<Finding> => {
  const what = 'EventStoreDB'
  try {
    const last = await store.last('novation-doctor')
    return {
      what,
      state: 'ok',
      says: last === undefined ? 'answers' : `answers; a stream of that name ends at ${last.revision}`,
    }
  } catch (error) {
    return { what, state: 'unavailable', says: error instanceof Error ? error.message : String(error) }
  } finally {
    await store.close()
  }
}

const nothingNamed = new Failure({
  id: 'usage',
  exit: exitCodes.usage,
  what: 'there is nothing to look at',
  remedy: 'name --kafka, --eventstore or both (or NOVATION_KAFKA, NOVATION_EVENTSTORE)',
})

const exitOf = (findings: readonly Finding[]): ExitCode => {
  if (findings.some(({ state }) => state === 'unavailable')) return exitCodes.unavailable
  return findings.some(({ state }) => state === 'wrong') ? exitCodes.failed : exitCodes.ok
}

export const doctor = subcommand({
  name: 'doctor',
  summary: 'Whether Kafka and EventStoreDB are there and as the mesh needs them. Exit 5 where one does not answer.',
  operands: [],
  flags: { ...connections, create: toggle('create the topics that are missing') },
  examples: ['novation doctor --kafka=localhost:9092 --eventstore=esdb://localhost:2113?tls=false --create'],
  run: async (settings, _, world) => {
    const { kafka, eventstore } = settings
    if (kafka === undefined && eventstore === undefined) throw nothingNamed
    const findings = [
      ...(eventstore === undefined
        ? []
        : [await lookAtStore(openEventStoreDb(eventstore, { tries: 2, timeout_ms: 3_000 }))]),
      ...(kafka === undefined ? [] : await lookAtKafka(kafka, settings)),
    ]
    for (const { what, state, says } of findings) await world.out.write(`${state.padEnd(12)}${what}: ${says}\n`)
    return exitOf(findings)
  },
})
