import type { Outcome } from '@novation/clearing'
import { type Command, topics } from '@novation/events'
import type { Message } from '@novation/platform'
import { isNonEmpty } from 'fp-ts/Array'
import type { Gateway } from '../gateway'
import type { Head } from '../heads'
import { type Problem, problem } from '../http/problems'
import { type CommandOutcome, isRecordOf, recordedOutcome, recordOf, wishOf } from './outcomes'
import { requestHeader, type Sent, waitingLimit } from './waiting'

/** How far a command has come. `isHit` where the same wish was there before: nothing was sent for this one. */
export type Progress = {
  readonly command: Command
  readonly isHit: boolean
} & (
  | { readonly tag: 'known'; readonly outcome: CommandOutcome }
  | { readonly tag: 'waiting'; readonly outcome: Promise<CommandOutcome> }
  | { readonly tag: 'problem'; readonly problem: Problem }
)

const messageOf = ({ command, request }: Sent): Message => ({
  key: command.pool,
  value: JSON.stringify(command),
  headers: { 'content-type': 'application/json', [requestHeader]: request },
})

const reused = ({ actor, id }: Command): Problem =>
  problem('id-reused', `${actor} has used id ${id} for something else: take another`)

/** A wish that was recorded before: its outcome, or that the id was used for another. */
const repeated = async ({ store }: Gateway, head: Head, command: Command, record: Outcome): Promise<Progress> =>
  isRecordOf(record, command)
    ? { command, isHit: true, tag: 'known', outcome: await recordedOutcome(store, head, record) }
    : { command, isHit: false, tag: 'problem', problem: reused(command) }

const tooMany = problem('too-many', `${waitingLimit} commands are on their way already: send it again in a moment`)

/** Why what was handed to the bus is not on it, as far as anybody knows. */
const unsent = {
  unknown: problem('not-yet', 'it was sent, and nobody knows whether it arrived: send it again, as it is'),
  unavailable: problem('unavailable', 'the bus is away, and nothing was sent: send it again'),
} as const

const publish = async ({ bus }: Gateway, sent: readonly Sent[]): Promise<Problem | undefined> => {
  const messages = sent.map(messageOf)
  if (!isNonEmpty(messages)) return undefined
  const published = await bus.publish(topics.commands, messages)()
  if (published._tag === 'Right') return undefined
  const { tag, reason } = published.left
  return tag === 'refused' ? problem('malformed', `the bus does not take it: ${reason}`) : unsent[tag]
}

/**
 * Sends what has not been sent before, all of it together and in order; comes back once the bus has it. One wish is sent
 * once, however many ask for it at the same time.
 */
export const sendAll = async (
  gateway: Gateway,
  head: Head,
  request: string,
  commands: readonly Command[],
): Promise<readonly Progress[]> => {
  const sent: Sent[] = []
  const { waiting } = gateway
  // Nothing may wait between looking for a wish and beginning to wait for it: its outcome would be missed, or it sent twice.
  const begun = commands.map((command): Progress | Promise<Progress> => {
    const record = recordOf(head, command)
    if (record !== undefined) return repeated(gateway, head, command, record)
    const same = waiting.same(command, wishOf(command))
    if (same !== undefined) return { command, isHit: true, tag: 'waiting', outcome: same.outcome }
    if (waiting.size() >= waitingLimit) return { command, isHit: false, tag: 'problem', problem: tooMany }
    const fresh = waiting.begin(`${request}/${sent.length}`, command)
    sent.push(fresh)
    return { command, isHit: false, tag: 'waiting', outcome: fresh.outcome }
  })
  const why = await publish(gateway, sent)
  const progress = await Promise.all(begun)
  if (why === undefined) return progress
  for (const each of sent) gateway.waiting.withdraw(each)
  return progress.map((one) =>
    one.tag === 'waiting' && !one.isHit ? { command: one.command, isHit: false, tag: 'problem', problem: why } : one,
  )
}

/** What has come of it after so long, at most. */
export const within = async (
  { scheduler }: Gateway,
  progress: Progress,
  wait_ms: number,
  left_: AbortSignal,
): Promise<Progress> => {
  if (progress.tag !== 'waiting' || wait_ms === 0) return progress
  const done = new AbortController()
  const stop = AbortSignal.any([done.signal, left_])
  const outcome = await Promise.race([progress.outcome, scheduler.sleep(wait_ms, stop).then(() => undefined)])
  done.abort()
  const { command, isHit } = progress
  return outcome === undefined ? progress : { command, isHit, tag: 'known', outcome }
}
