import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { makeAuthority } from '@novation/testing'

interface SingleNode {
  readonly bootstrap: string
  readonly at: Readonly<Record<string, string>>
  start(): Promise<void>
  discard(): Promise<void>
}

/** A Kafka that lets in who proves who it is, over TLS, and lets each do what somebody has granted. */
export interface SecureKafka {
  /** Unencrypted, for the test itself: whoever comes here may do all. */
  readonly bootstrap: string
  /** Listeners whose certificates are good, of another authority, and of yesterday. */
  readonly good: string
  readonly foreign: string
  readonly expired: string
  /** The certificate of the authority. */
  readonly ca: string
  /** A file with a secret in it, which nobody else can read. */
  secretFile(name: string, secret: string): string
  /** What somebody may do, from now on; or no longer. */
  grant(user: string, ...rights: readonly Right[]): Promise<void>
  revoke(user: string, ...rights: readonly Right[]): Promise<void>
  discard(): Promise<void>
}

export interface Right {
  readonly on: 'topic' | 'group'
  readonly name: string
  readonly may: 'read' | 'write' | 'describe' | 'describe-configs'
}

/** Everybody's password. */
export const password = 'storm-and-stress'

/** Who is known here, and how each is let in. */
const plain = 'org.apache.kafka.common.security.plain.PlainLoginModule'
const scram = 'org.apache.kafka.common.security.scram.ScramLoginModule'
const bearer = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule'

const secured = (name: string, store: string, users: readonly string[]): readonly string[] => {
  const own = `listener.name.${name.toLowerCase()}`
  const known = users.map((user) => ` user_${user}="${password}"`).join('')
  return [
    `${own}.ssl.keystore.type=PEM`,
    `${own}.ssl.keystore.location=${store}`,
    `${own}.sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER`,
    `${own}.plain.sasl.jaas.config=${plain} required${known};`,
    `${own}.scram-sha-256.sasl.jaas.config=${scram} required;`,
    `${own}.scram-sha-512.sasl.jaas.config=${scram} required;`,
    `${own}.oauthbearer.sasl.jaas.config=${bearer} required unsecuredLoginStringClaim_sub="broker";`,
  ]
}

/** A token that the broker takes as it is: what a real one would have checked elsewhere is no part of these tests. */
export const tokenOf = (user: string, life_s = 3_600): string => {
  const now = Math.floor(Date.now() / 1000)
  const part = (json: object): string => Buffer.from(JSON.stringify(json)).toString('base64url')
  return `${part({ alg: 'none' })}.${part({ sub: user, iat: now - 7_200, exp: now + life_s })}.`
}

const operations = { read: 3, write: 4, describe: 8, 'describe-configs': 10 } as const
const resources = { topic: 2, group: 3 } as const

const adminFor = (bootstrap: string) => {
  const { Kafka, logLevel }: typeof import('kafkajs') = require('kafkajs')
  return new Kafka({ brokers: [bootstrap], clientId: 'novation-test-admin', logLevel: logLevel.NOTHING }).admin()
}

const aclOf = (user: string, { on, name, may }: Right) => ({
  resourceType: resources[on],
  resourceName: name,
  resourcePatternType: 3,
  principal: `User:${user}`,
  host: '*',
  operation: operations[may],
  permissionType: 3,
})

export const startSecureKafka = async (users: readonly string[]): Promise<SecureKafka> => {
  const script = resolve(__dirname, '../../../../infra/kafka/single-node.js')
  const { singleNode }: { singleNode(given: object): Promise<SingleNode> } = require(script)
  const [authority, stranger] = [makeAuthority(), makeAuthority()]
  const folder = mkdtempSync(join(tmpdir(), 'novation-secure-kafka-'))
  const fileWith = (name: string, text: string): string => {
    const file = join(folder, name)
    writeFileSync(file, text, { mode: 0o600 })
    return file
  }
  const stores = { GOOD: authority.issue(), FOREIGN: stranger.issue(), EXPIRED: authority.issue(-1) }
  const names = Object.keys(stores) as (keyof typeof stores)[]
  const node = await singleNode({
    listeners: names.map((name) => ({ name, protocol: 'SASL_SSL' })),
    properties: [
      'authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users=User:ANONYMOUS',
      ...names.flatMap((name) => secured(name, fileWith(`${name}.pem`, stores[name].key + stores[name].cert), users)),
    ],
    format: users.flatMap((user) =>
      ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((way) => [
        '--add-scram',
        `${way}=[name=${user},password=${password}]`,
      ]),
    ),
  })
  await node.start()
  const admin = adminFor(node.bootstrap)
  await admin.connect()
  return {
    bootstrap: node.bootstrap,
    good: node.at.GOOD ?? '',
    foreign: node.at.FOREIGN ?? '',
    expired: node.at.EXPIRED ?? '',
    ca: authority.file,
    secretFile: fileWith,
    grant: async (user, ...rights) => {
      await admin.createAcls({ acl: rights.map((right) => aclOf(user, right)) })
    },
    revoke: async (user, ...rights) => {
      await admin.deleteAcls({ filters: rights.map((right) => aclOf(user, right)) })
    },
    discard: async () => {
      await admin.disconnect()
      await node.discard()
      authority.remove()
      stranger.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
