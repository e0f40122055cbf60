import type { Command, CommandType } from '../commands'
import { sha256 } from '../digest'
import type { EventType } from '../event-data'
import type { LedgerEvent } from '../events'
import { encodeEvent, type Stored, sealEvent } from '../stored'
import { currentVersion } from '../upcast'
import { commandSamples } from './commands'
import { eventSamples } from './events'

/** The sample of a command, as it would be sent. */
export const goldenCommand = (type: CommandType): Command =>
  ({
    id: `c-${type}`,
    type,
    pool: 'main',
    at: '2020-03-12T10:00:00Z',
    ...commandSamples[type],
  }) as Command

/** The sample of an event, sealed and encoded as the ledger does it; `revision` is its place. */
export const goldenEvent = (type: EventType, revision: number): Stored => {
  const { of, events, data, postings } = eventSamples[type]
  const command = goldenCommand(of)
  const unsealed = {
    type,
    pool: command.pool,
    revision,
    at: '2020-03-12T10:00:00.000Z',
    data,
    postings,
    metadata: {
      commandId: command.id,
      correlationId: command.id,
      causationId: command.id,
      actor: command.actor,
      version: currentVersion(type),
      decider: 1,
      previousHash: sha256(`before ${type}`),
      ...(events === undefined ? {} : { command, events }),
    },
  } as Parameters<typeof sealEvent<LedgerEvent>>[0]
  return encodeEvent(sealEvent(unsealed).event)
}
