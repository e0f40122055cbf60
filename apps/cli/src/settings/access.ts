import { oneOf } from '@novation/events'
import { BadSecret, type KafkaAccess, kafkaAccess, kafkaMechanisms, readSecret, withLogin } from '@novation/platform'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { optional } from './flag'
import { PathText, Text } from './texts'

/** How Kafka is reached: every secret stands in a file, and none on a command line. */
export const kafkaFlags = {
  kafkaTls: optional('FILE|system', PathText, 'encrypt: the certificate of who signs the brokers, or `system`'),
  kafkaAuth: optional(kafkaMechanisms.join('|'), oneOf(...kafkaMechanisms), 'how to prove to Kafka who this is'),
  kafkaUser: optional('NAME', Text, 'as whom; a token says it itself'),
  kafkaSecret: optional('FILE', PathText, 'file of the password, or of the token; read anew for each connection'),
}

/** The same of EventStoreDB: its connection string names no user. */
export const storeFlags = {
  eventstoreUser: optional('NAME', Text, 'as whom'),
  eventstoreSecret: optional('FILE', PathText, 'file of the password of that user'),
  eventstoreCa: optional('FILE', PathText, 'the certificate of who signs the EventStoreDB'),
}

export interface KafkaSaid {
  readonly kafkaTls: string | undefined
  readonly kafkaAuth: (typeof kafkaMechanisms)[number] | undefined
  readonly kafkaUser: string | undefined
  readonly kafkaSecret: string | undefined
}

export interface StoreSaid {
  readonly eventstore: string | undefined
  readonly eventstoreUser: string | undefined
  readonly eventstoreSecret: string | undefined
  readonly eventstoreCa: string | undefined
}

const unusable = (what: string, why: string, remedy: string): Failure =>
  new Failure({ id: 'access', exit: exitCodes.usage, what, why, remedy })

/** What a file of a secret is found wrong with, as a failure of the command. */
const told = <A>(what: string, work: () => A): A => {
  try {
    return work()
  } catch (error) {
    if (error instanceof BadSecret) throw unusable(what, error.message, error.remedy)
    throw error
  }
}

const kafka = 'Kafka cannot be reached so'

/** These would send the secret itself, and whoever listens would have it. */
const bare: ReadonlySet<string> = new Set(['plain', 'oauthbearer'])

const wrongWith = ({
  kafkaTls,
  kafkaAuth,
  kafkaUser,
  kafkaSecret,
}: KafkaSaid): readonly [string, string] | undefined => {
  if (kafkaAuth === undefined)
    return kafkaUser === undefined && kafkaSecret === undefined
      ? undefined
      : ['a user or a secret is named, and not how to use it', `name --kafka-auth=${kafkaMechanisms.join('|')}`]
  if (kafkaSecret === undefined) return [`${kafkaAuth} needs a secret`, 'name its file with --kafka-secret']
  if (kafkaAuth === 'oauthbearer' && kafkaUser !== undefined)
    return ['a token says itself whose it is', 'leave --kafka-user out']
  if (kafkaAuth !== 'oauthbearer' && kafkaUser === undefined)
    return [`${kafkaAuth} needs a user`, 'name it with --kafka-user']
  return bare.has(kafkaAuth) && kafkaTls === undefined
    ? [
        `${kafkaAuth} would send the secret itself, for everybody to read`,
        'encrypt with --kafka-tls, or take scram-sha-512',
      ]
    : undefined
}

/** How Kafka is reached, as far as that can be found out before anything is sent. Throws a `Failure` where it cannot work. */
export const kafkaAccessOf = (said: KafkaSaid): KafkaAccess => {
  const wrong = wrongWith(said)
  if (wrong !== undefined) throw unusable(kafka, ...wrong)
  const { kafkaTls: tls, kafkaAuth: mechanism, kafkaUser: user, kafkaSecret: secret } = said
  const access = {
    tls,
    ...(mechanism === undefined || secret === undefined ? {} : { login: { mechanism, user, secret } }),
  }
  return told(kafka, () => {
    void kafkaAccess(access)
    return access
  })
}

/** The whole connection string of EventStoreDB, if any is named. Throws a `Failure` where parts of it do not fit. */
export const storeUrlOf = ({ eventstore, eventstoreUser: user, eventstoreSecret, eventstoreCa: caFile }: StoreSaid) => {
  const what = 'the EventStoreDB cannot be reached so'
  if ((user === undefined) !== (eventstoreSecret === undefined))
    throw unusable(what, 'a user and a password come together', 'name both, --eventstore-user and --eventstore-secret')
  if (eventstore === undefined) {
    if (user === undefined && caFile === undefined) return undefined
    throw unusable(what, 'it is said who asks, and not whom', 'name --eventstore')
  }
  // What is said on a command line, whoever lists the processes of the machine can read.
  if (/^[^/]*\/\/[^/?]*@/.test(eventstore))
    throw unusable(
      what,
      'its connection string names a user, and a password there is for everybody to read',
      'leave both out of it: name the user with --eventstore-user, and the file of the password with --eventstore-secret',
    )
  const password = told(what, () => (eventstoreSecret === undefined ? undefined : readSecret(eventstoreSecret)))
  const whole = withLogin(eventstore, { user, password, caFile })
  if (whole._tag === 'Left') throw unusable(what, `the connection string: ${whole.left}`, 'say each once')
  return whole.right
}
