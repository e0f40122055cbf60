import type { Processed } from '@novation/clearing'
import { type Command, formatTime, parseCommand, topics } from '@novation/events'
import {
  type Bus,
  type DeadReason,
  type Delivery,
  deadLetter,
  type Message,
  publishSurely,
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

interface Read {
  readonly delivery: Delivery
  readonly command: Either<DeadReason, Command>
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

const decidePool = async (intake: Intake, pool: string, reads: readonly Read[]): Promise<readonly Message[]> => {
  const writer = intake.writers.get(pool)
  const known = reads.flatMap(({ delivery, command }) =>
    command._tag === 'Right' ? [{ delivery, command: command.right }] : [],
  )
  if (writer === undefined)
    return known.map(({ delivery }) =>
      deadLetter(delivery, reported(intake, { code: 'unknown-pool', text: `no ledger here leads the pool ${pool}` })),
    )
  const outcomes = await writer.submit(known.map(({ command }) => command))
  return known.flatMap(({ delivery }, i) => {
    const refusal = refusalOf(outcomes[i])
    return refusal === undefined ? [] : [deadLetter(delivery, reported(intake, refusal))]
  })
}

const reported = ({ report }: Intake, reason: DeadReason): DeadReason => {
  report?.deadLettered?.(reason)
  return reason
}

/**
 * Takes one batch of commands: each is decided and durable, or dead-lettered with the reason, before the batch counts as
 * done; one that cannot be read never keeps its neighbours from being processed (protocol 6, 11).
 */
export const takeBatch = async (intake: Intake, batch: NonEmptyArray<Delivery>, signal: AbortSignal): Promise<void> => {
  const reads = batch.map((delivery): Read => ({ delivery, command: readCommand(delivery) }))
  const unread = reads.flatMap(({ delivery, command }) =>
    command._tag === 'Left' ? [deadLetter(delivery, reported(intake, command.left))] : [],
  )
  const pools = new Set(reads.flatMap(({ command }) => (command._tag === 'Right' ? [command.right.pool] : [])))
  const refused: Message[] = []
  for (const pool of pools)
    refused.push(
      ...(await decidePool(
        intake,
        pool,
        reads.filter(({ command }) => command._tag === 'Right' && command.right.pool === pool),
      )),
    )
  const [first, ...rest] = [...unread, ...refused]
  if (first !== undefined)
    await publishSurely(intake.bus, intake.scheduler, topics.deadLetters, [first, ...rest], signal)
}
