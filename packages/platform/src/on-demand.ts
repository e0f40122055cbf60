type EventStoreDb = typeof import('./store/eventstoredb/eventstoredb-store')
type Examination = typeof import('./store/eventstoredb/examination')
type KafkaBus = typeof import('./bus/kafka/kafka-bus')
type TopicAdmin = typeof import('./bus/kafka/topic-admin')

/** A function whose module is loaded when it is first called. */
const onDemand =
  <A extends readonly unknown[], B>(load: () => (...args: A) => B) =>
  (...args: A): B =>
    load()(...args)

/**
 * The ways out of this process. Behind each stand hundreds of modules of a client, which whoever only reads a
 * folder never needs, and which take longer to load than a short command takes to run.
 */
export const openEventStoreDb = onDemand(
  (): EventStoreDb['openEventStoreDb'] => require('./store/eventstoredb/eventstoredb-store').openEventStoreDb,
)
export const examineEventStoreDb = onDemand(
  (): Examination['examineEventStoreDb'] => require('./store/eventstoredb/examination').examineEventStoreDb,
)
export const whyNotToBegin = onDemand(
  (): Examination['whyNotToBegin'] => require('./store/eventstoredb/examination').whyNotToBegin,
)
export const openKafkaBus = onDemand((): KafkaBus['openKafkaBus'] => require('./bus/kafka/kafka-bus').openKafkaBus)
export const describeTopics = onDemand(
  (): TopicAdmin['describeTopics'] => require('./bus/kafka/topic-admin').describeTopics,
)
export const ensureTopics = onDemand((): TopicAdmin['ensureTopics'] => require('./bus/kafka/topic-admin').ensureTopics)
export const kafkaTopics = onDemand((): TopicAdmin['kafkaTopics'] => require('./bus/kafka/topic-admin').kafkaTopics)
