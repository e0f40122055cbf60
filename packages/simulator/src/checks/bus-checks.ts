import { contentHash, keyOf } from '@novation/clearing'
import { type Command, sha256, topics, type Verify } from '@novation/events'
import { readCommand } from '@novation/ledger'
import type { Delivery, RecordedEvent } from '@novation/platform'
import type { BusRoom, BusWatch } from '../engine/bus'
import type { Post } from '../mesh/posts'
import { watchCarried } from './carried'
import type { Findings } from './findings'
import type { LedgerWatch } from './ledger-watch'
import { watchRefusals } from './refusals'
import { holdIn } from './vouched'

/** What must hold of the traffic between store and bus, told at the moment it happens. */
export interface TrafficWatch extends BusWatch {
  readonly checkpointMoved: (events: readonly RecordedEvent[]) => void
  readonly asked: (post: Post, commands: readonly Command[]) => void
  /** The last revision up to which the whole history of a pool has been published. */
  readonly publishedTo: (pool: string) => number
  /** A record that the bus refused for good, and nobody was told of. */
  readonly untold: () => string | undefined
}

/** What has come to the bus, and been said to have, of one pool's history. */
interface Reached {
  published: number
  checkpoint: number
}

const headerOf = ({ headers }: Delivery, name: string): string => headers[name] ?? ''

const placeOf = ({ topic, partition, offset }: Pick<Delivery, 'topic' | 'offset'> & { partition: unknown }): string =>
  `${topic} ${partition} ${offset}`

const wishOf = ({ pool, ...command }: Command): string => `${pool} ${keyOf(command)}`

/** protocol 16: of the shards of a service, one looks after an account, and always the same: by the first bytes of the hash of its id. */
const shareOf = (account: string, of: number): number => Number.parseInt(sha256(account).slice(0, 8), 16) % of

const subjectOf = ({ data }: Command): readonly string[] =>
  'account' in data && typeof data.account === 'string' ? [data.account] : []

export const watchTraffic = (
  findings: Findings,
  ledgers: ReadonlyMap<string, LedgerWatch>,
  bus: () => BusRoom,
  verify: Verify,
): TrafficWatch => {
  const dead = new Set<string>()
  const commands = new Set<string>()
  const reached = new Map(
    [...ledgers.keys()].map((pool): [string, Reached] => [pool, { published: -1, checkpoint: -1 }]),
  )
  const refusals = watchRefusals()
  const carried = watchCarried()

  const seenEvent = (record: Delivery): void => {
    const { id, pool, revision } = JSON.parse(record.value.toString('utf8')) as {
      id: string
      pool: string
      revision: number
    }
    const of = reached.get(pool)
    if (of === undefined || ledgers.get(pool)?.events()[revision]?.id !== id) {
      findings.found('what is published is in the store', `event ${revision} (${id}) of ${pool}`)
      return
    }
    if (revision > of.published + 1)
      findings.found('published in order, without gaps', `event ${revision} of ${pool} after event ${of.published}`)
    of.published = Math.max(of.published, revision)
  }

  const isAnswered = (record: Delivery): boolean => {
    if (dead.has(placeOf(record))) return true
    const command = readCommand(record)
    if (command._tag === 'Left') return false
    const pool = ledgers.get(command.right.pool)?.pool()
    const outcome = pool?.outcomes.get(keyOf(command.right))
    if (outcome === undefined || !contentHash(command.right).startsWith(outcome.contentHash)) return false
    // Who repeats another's words without its signature is no repetition.
    const { identity } = pool ?? {}
    return identity === undefined || holdIn(verify, command.right, identity.domain)
  }

  const sharedOut = ({ name, shard }: Post, asked: readonly Command[]): void => {
    if (shard === undefined) return
    const other = asked.flatMap(subjectOf).find((subject) => shareOf(subject, shard.of) !== shard.index)
    if (other !== undefined) findings.found('a shard asks for its own part only', `${name} asks about ${other}`)
  }

  return {
    refused: (topic, message, by) => {
      refusals.refused(topic, message, by)
      if (topic === topics.commands) carried.brought(String(message.value))
    },
    untold: refusals.untold,
    published: (topic, records) => {
      for (const record of records) {
        refusals.published(record)
        if (topic === topics.events) seenEvent(record)
        if (topic === topics.deadLetters)
          dead.add(
            placeOf({
              topic: headerOf(record, 'dead_topic'),
              partition: headerOf(record, 'dead_partition'),
              offset: headerOf(record, 'dead_offset'),
            }),
          )
        const command = topic === topics.commands ? readCommand(record) : undefined
        if (command?._tag === 'Right') commands.add(wishOf(command.right))
        if (topic === topics.commands) carried.brought(record.value.toString('utf8'))
      }
    },
    committed: (topic, partition, _, from, to) => {
      if (topic !== topics.commands && topic !== topics.quotes) return
      const read = bus().records(topic)[partition]?.slice(from, to) ?? []
      const unsaid = topic === topics.quotes ? carried.lostIn(read) : undefined
      if (unsaid !== undefined)
        findings.found(
          'no quote is lost',
          `what ${unsaid.source} says of ${unsaid.base} at ${unsaid.at} counts as read, and nobody has brought it`,
        )
      const lost = topic === topics.commands ? read.find((record) => !isAnswered(record)) : undefined
      if (lost !== undefined)
        findings.found(
          'no acknowledged command is lost',
          `offset ${lost.offset} of partition ${partition} is committed without an outcome`,
        )
    },
    checkpointMoved: (events) => {
      for (const { body } of events) {
        const { pool = '', data } = JSON.parse(body) as { pool?: string; data?: { published?: number } }
        const said = data?.published ?? Number.NaN
        const of = reached.get(pool)
        if (Number.isNaN(said) || of === undefined) return findings.found('a checkpoint can be read', body)
        if (said > of.published)
          findings.found('publish first, then checkpoint', `the checkpoint says ${said}, the bus has ${of.published}`)
        if (said <= of.checkpoint)
          findings.found('the relay is fenced', `its checkpoint went from ${of.checkpoint} to ${said}, not on`)
        of.checkpoint = Math.max(of.checkpoint, said)
      }
    },
    asked: (post, asked) => {
      const lost = asked.find((command) => !commands.has(wishOf(command)))
      if (lost !== undefined)
        findings.found(
          'asks are published before they count',
          `${lost.actor} ${lost.type} ${lost.id} is not on the bus`,
        )
      sharedOut(post, asked)
    },
    publishedTo: (pool) => reached.get(pool)?.published ?? -1,
  }
}
