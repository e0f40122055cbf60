import {
  type BusLogger,
  describeTopics,
  ensureTopics,
  examineEventStoreDb,
  type Finding,
  kafkaTopics,
  meshTopics,
  type TopicReport,
} from '@novation/platform'
import { type ExitCode, exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { connections, pools } from '../live/settings'
import { toggle } from '../settings/shared'
import { subcommand } from '../subcommand'

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

const nothingNamed = new Failure({
  id: 'usage',
  exit: exitCodes.usage,
  what: 'there is nothing to look at',
  remedy: 'name --kafka, --eventstore or both (or NOVATION_KAFKA, NOVATION_EVENTSTORE)',
})

const exitOf = (findings: readonly Finding[]): ExitCode => {
  const has = (wanted: Finding['state']) => findings.some(({ state }) => state === wanted)
  return has('unavailable') ? exitCodes.unavailable : has('wrong') ? exitCodes.failed : exitCodes.ok
}

export const doctor = subcommand({
  name: 'doctor',
  summary: 'Whether Kafka and EventStoreDB are there and as the mesh needs them. Exit 5 where one does not answer.',
  operands: [],
  flags: {
    ...connections,
    pools,
    create: toggle('create the topics that are missing'),
    protect: toggle('as an administrator: let nobody else delete or cut the ledgers in EventStoreDB'),
    bringBack: toggle('as an administrator: let the ledgers show again what a deletion or a limit hides'),
  },
  examples: [
    'novation doctor --kafka=localhost:9092 --eventstore=esdb://localhost:2113?tls=false --create',
    'novation doctor --eventstore=esdb://admin:changeit@db.example:2113?tlsCAFile=ca.crt --protect',
  ],
  run: async (settings, _, world) => {
    const { kafka, eventstore } = settings
    if (kafka === undefined && eventstore === undefined) throw nothingNamed
    const findings = [
      ...(eventstore === undefined ? [] : await examineEventStoreDb(eventstore, settings)),
      ...(kafka === undefined ? [] : await lookAtKafka(kafka, settings)),
    ]
    for (const { what, state, says } of findings) await world.out.write(`${state.padEnd(12)}${what}: ${says}\n`)
    return exitOf(findings)
  },
})
