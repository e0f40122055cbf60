import type { Processed } from '@novation/clearing'
import { type Command, formatTime, parseCommand } from '@novation/events'
import {
  type Bus,
  bury,
  type Dead,
  type DeadReason,
  type Delivery,
  type Progress,
  type Scheduler,
} from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { LedgerWriter } from './writer'

/** Who sends must be said where more than one can reach the topic: an actor no role belongs to. */
const nobody = 'nobody'

/** Reads one record as a command. Live, a sender is named and a price says when it was observed (protocol 3). */
export const readCommand = ({
  value,
  timestamp_ms,
}: Pick<Delivery, 'value' | 'timestamp_ms'>): Either<DeadReason, Command> => {
  const parsed = parseCommand(value.toString('utf8'), nobody)
  if (parsed._tag === 'Left') return left({ code: parsed.left.code, text: parsed.left.reason })
  const command = parsed.right
  if (command.actor === nobody) return left({ code: 'malformed', text: 'actor: who sends this must be said' })
  if (command.type === 'PublishPrice' && command.data.observedAt === undefined)
    return left({ code: 'malformed', text: 'data.observedAt: a price must say when it was observed' })
  return right(command.at === undefined ? { ...command, at: formatTime(timestamp_ms) } : command)
}

interface Readable {
  readonly delivery: Delivery
  readonly command: Command
}

export interface Intake {
  readonly writers: ReadonlyMap<string, LedgerWriter>
  readonly bus: Bus
  readonly scheduler: Scheduler
  readonly report?: { readonly deadLettered?: (reason: DeadReason) => void }
}

/** Refusals bind nothing and are not in the ledger: they are answered by being dead-lettered (protocol 6). */
const refusalOf = (outcome: Processed | undefined): DeadReason | undefined =>
  outcome?.tag === 'refused' ? { code: outcome.code, text: outcome.reason } : undefined

const decidePool = async (
  writers: Intake['writers'],
  pool: string,
  reads: readonly Readable[],
): Promise<readonly Dead[]> => {
  const writer = writers.get(pool)
  if (writer === undefined) {
    const reason = { code: 'unknown-pool', text: `no ledger here leads the pool ${pool}` }
    return reads.map(({ delivery }) => ({ record: delivery, reason }))
  }
  const outcomes = await writer.submit(reads.map(({ command }) => command))
  return reads.flatMap(({ delivery }, i) => {
    const reason = refusalOf(outcomes[i])
    return reason === undefined ? [] : [{ record: delivery, reason }]
  })
}

/**
 * Takes one batch of commands: each is decided and durable, or dead-lettered with the reason, before the batch counts as
 * done; one that cannot be read never keeps its neighbours from being processed (protocol 6, 11).
 */
export const takeBatch = async (
  intake: Intake,
  batch: NonEmptyArray<Delivery>,
  signal: AbortSignal,
): Promise<Progress> => {
  const reads = batch.map((delivery) => ({ delivery, command: readCommand(delivery) }))
  const dead = reads.flatMap(({ delivery, command }): readonly Dead[] =>
    command._tag === 'Left' ? [{ record: delivery, reason: command.left }] : [],
  )
  const readable = reads.flatMap(({ delivery, command }): readonly Readable[] =>
    command._tag === 'Right' ? [{ delivery, command: command.right }] : [],
  )
  const refused: Dead[] = []
  for (const pool of new Set(readable.map(({ command }) => command.pool)))
    refused.push(
      ...(await decidePool(
        intake.writers,
        pool,
        readable.filter(({ command }) => command.pool === pool),
      )),
    )
  return bury(intake, [...dead, ...refused], signal)
}
