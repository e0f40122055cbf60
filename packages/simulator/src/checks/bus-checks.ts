import { contentHash, keyOf } from '@novation/clearing'
import { type Command, topics } from '@novation/events'
import { readCommand } from '@novation/ledger'
import type { Delivery, RecordedEvent } from '@novation/platform'
import type { BusRoom, BusWatch } from '../engine/bus'
import type { Findings } from './findings'
import type { LedgerWatch } from './ledger-watch'

/** What must hold of the traffic between store and bus, told at the moment it happens. */
export interface TrafficWatch extends BusWatch {
  readonly checkpointMoved: (events: readonly RecordedEvent[]) => void
  readonly asked: (commands: readonly Command[]) => void
  /** The last revision up to which the whole history has been published. */
  readonly publishedTo: () => number
}

const headerOf = ({ headers }: Delivery, name: string): string => headers[name] ?? ''

export const watchTraffic = (findings: Findings, ledger: LedgerWatch, bus: () => BusRoom): TrafficWatch => {
  const dead = new Set<string>()
  const commandIds = new Set<string>()
  let published = -1
  let checkpoint = -1

  const seenEvent = (record: Delivery): void => {
    const { id, revision } = JSON.parse(record.value.toString('utf8')) as { id: string; revision: number }
    if (ledger.events()[revision]?.id !== id)
      findings.found('what is published is in the store', `event ${revision} (${id})`)
    if (revision > published + 1)
      findings.found('published in order, without gaps', `event ${revision} after event ${published}`)
    published = Math.max(published, revision)
  }

  const isAnswered = (record: Delivery): boolean => {
    if (dead.has(`${record.topic} ${record.offset}`)) return true
    const command = readCommand(record)
    if (command._tag === 'Left') return false
    return ledger.pool().outcomes.get(keyOf(command.right))?.contentHash === contentHash(command.right)
  }

  return {
    published: (topic, records) => {
      for (const record of records) {
        if (topic === topics.events) seenEvent(record)
        if (topic === topics.deadLetters)
          dead.add(`${headerOf(record, 'dead_topic')} ${headerOf(record, 'dead_offset')}`)
        const command = topic === topics.commands ? readCommand(record) : undefined
        if (command?._tag === 'Right') commandIds.add(keyOf(command.right))
      }
    },
    committed: (topic, _, from, to) => {
      if (topic !== topics.commands) return
      const lost = bus()
        .records(topic)
        .slice(from, to)
        .find((record) => !isAnswered(record))
      if (lost !== undefined)
        findings.found('no acknowledged command is lost', `offset ${lost.offset} is committed without an outcome`)
    },
    checkpointMoved: (events) => {
      for (const { body } of events) {
        const said = (JSON.parse(body) as { data?: { published?: number } }).data?.published ?? Number.NaN
        if (Number.isNaN(said)) findings.found('a checkpoint can be read', body)
        if (said > published)
          findings.found('publish first, then checkpoint', `the checkpoint says ${said}, the bus has ${published}`)
        if (said <= checkpoint)
          findings.found('the relay is fenced', `its checkpoint went from ${checkpoint} to ${said}, not on`)
        checkpoint = Math.max(checkpoint, said)
      }
    },
    asked: (commands) => {
      const lost = commands.find((command) => !commandIds.has(keyOf(command)))
      if (lost !== undefined)
        findings.found(
          'asks are published before they count',
          `${lost.actor} ${lost.type} ${lost.id} is not on the bus`,
        )
    },
    publishedTo: () => published,
  }
}
