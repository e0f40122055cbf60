import {
  type BusLogger,
  describeAccess,
  describeTopics,
  ensureTopics,
  examineEventStoreDb,
  type Finding,
  type KafkaAccess,
  kafkaAccess,
  kafkaTopics,
  meshTopics,
  type TopicReport,
} from '@novation/platform'
import { type ExitCode, exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { connections, pools } from '../live/settings'
import { kafkaAccessOf, storeUrlOf } from '../settings/access'
import { toggle } from '../settings/shared'
import { subcommand } from '../subcommand'

const quiet: BusLogger = { debug: () => undefined, warn: () => undefined }

const topicFinding = ({ topic, state, differences }: TopicReport): Finding => {
  if (state === 'missing') return { what: topic, state: 'wrong', says: 'missing; create it: novation doctor --create' }
  if (state === 'differs') return { what: topic, state: 'wrong', says: `differs: ${differences.join('; ')}` }
  return { what: topic, state: 'ok', says: state }
}

/** Whether what is said to Kafka can be read on the way, and as whom it is said. */
const accessFinding = (access: KafkaAccess): Finding => {
  const open = access.tls === undefined || access.login === undefined
  return { what: 'the way to Kafka', state: open ? 'note' : 'ok', says: describeAccess(access) }
}

const lookAtKafka = async (
  brokers: readonly string[],
  access: KafkaAccess,
  {
    partitions,
    replication,
    create,
  }: { readonly partitions: number; readonly replication: number; readonly create: boolean },
): Promise<readonly Finding[]> => {
  const settings = {
    ...kafkaAccess(access),
    brokers,
    clientId: 'novation-doctor',
    logger: quiet,
    topics: meshTopics(partitions),
    retries: 2,
  }
  const what = `Kafka at ${brokers.join(',')}`
  const specs = kafkaTopics(partitions, replication)
  const reports = await (create ? ensureTopics : describeTopics)(settings, specs)()
  return reports._tag === 'Left'
    ? [{ what, state: 'unavailable', says: reports.left.reason }, accessFinding(access)]
    : [{ what, state: 'ok', says: 'answers' }, accessFinding(access), ...reports.right.map(topicFinding)]
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
    'novation doctor --kafka=broker.example:9093 --kafka-tls=ca.pem --kafka-auth=scram-sha-512 --kafka-user=ledger --kafka-secret=kafka.secret',
    'novation doctor --eventstore=esdb://db.example:2113 --eventstore-user=admin --eventstore-secret=admin.secret --eventstore-ca=ca.crt --protect',
  ],
  run: async (settings, _, world) => {
    const { kafka } = settings
    const [access, eventstore] = [kafkaAccessOf(settings), storeUrlOf(settings)]
    if (kafka === undefined && eventstore === undefined) throw nothingNamed
    const findings = [
      ...(eventstore === undefined ? [] : await examineEventStoreDb(eventstore, settings)),
      ...(kafka === undefined ? [] : await lookAtKafka(kafka, access, settings)),
    ]
    for (const { what, state, says } of findings) await world.out.write(`${state.padEnd(12)}${what}: ${says}\n`)
    return exitOf(findings)
  },
})
