import { readFileSync } from 'node:fs'
import type { SASLOptions } from 'kafkajs'
import { BadSecret, readSecret } from '../../secret-file'
import type { KafkaSettings } from './settings'

/** How somebody may prove to a broker who it is. */
export const kafkaMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512', 'oauthbearer'] as const
export type KafkaMechanism = (typeof kafkaMechanisms)[number]

/** How brokers are reached: encrypted or not, and as whom. */
export interface KafkaAccess {
  /** The file of the authority that signs the brokers' certificates; `system` for those that this machine knows. */
  readonly tls?: string | undefined
  readonly login?: KafkaLogin | undefined
}

export interface KafkaLogin {
  readonly mechanism: KafkaMechanism
  /** Nothing for a token, which says it itself. */
  readonly user?: string | undefined
  /** The file of the password, or of the token. */
  readonly secret: string
}

/** What is told to the broker, read anew for each client: a secret that was changed needs no restart. */
const saslOf =
  ({ mechanism, user = '', secret }: KafkaLogin): (() => SASLOptions) =>
  () => {
    if (mechanism === 'oauthbearer')
      return { mechanism, oauthBearerProvider: async () => ({ value: readSecret(secret) }) }
    return { mechanism, username: user, password: readSecret(secret) } as SASLOptions
  }

const authoritiesIn = (file: string): string => {
  try {
    const text = readFileSync(file, 'utf8')
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text
  } catch (error) {
    throw new BadSecret(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'name the file of the certificate of the authority that signs the brokers, or `system`',
    )
  }
  throw new BadSecret(`${file} holds no certificate`, 'it must be the certificate of an authority, as PEM')
}

/**
 * The same for a client. Throws `BadSecret` where a file is not as it must be: found out when a process begins, not when it first
 * needs a broker.
 */
export const kafkaAccess = ({ tls, login }: KafkaAccess): Pick<KafkaSettings, 'ssl' | 'sasl'> => {
  const sasl = login === undefined ? undefined : saslOf(login)
  if (login !== undefined) void readSecret(login.secret)
  const ssl = tls === undefined ? undefined : tls === 'system' ? {} : { ca: [authoritiesIn(tls)] }
  return { ...(ssl === undefined ? {} : { ssl }), ...(sasl === undefined ? {} : { sasl }) }
}

/** In words: whether what is said can be read on the way, and who says it. */
export const describeAccess = ({ tls, login }: KafkaAccess): string => {
  const encrypted =
    tls === undefined
      ? 'not encrypted'
      : `encrypted; ${tls === 'system' ? 'this machine' : tls} knows who signs the brokers`
  if (login === undefined) return `${encrypted}; as nobody`
  const { mechanism, user } = login
  return `${encrypted}; as ${user ?? 'whoever the token names'}, by ${mechanism.toUpperCase()}`
}
