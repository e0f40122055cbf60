import type { Book, Processed } from '@novation/clearing'
import { type Command, type LedgerEvent, type Millis, parseTime, type Sender } from '@novation/events'
import type { Hosted } from '@novation/platform'
import { readEvent } from '../decoded'
import { end, isAfter, isBefore, type Place, start } from '../place'
import { type History, type Walk, walk } from '../walk'
import { type Branch, isOutsiders, openBranch } from './branch'
import { type Overrides, overrideCommand, overrideEvent } from './overrides'
import type { Outcome } from './tally'

export interface WhatIfOptions extends Walk {
  readonly pool: string
  readonly overrides: Overrides
  /** New services on the book of a history: one set for each of the two. */
  readonly reactors: (book: Book) => readonly Hosted[]
  readonly maxSettle: number
  /** Up to here (exclusive) history stands as recorded, in both; `to` is inclusive. */
  readonly from?: Place
  readonly to?: Place
}

/** A command that ended otherwise in the new history than in the recorded one. */
export interface Changed {
  readonly id: string
  readonly actor: string
  readonly type: string
  readonly revision: number
  readonly code?: string
  readonly reason?: string
}

export interface WhatIf {
  readonly pool: string
  /** `assumed` of a signed pool: what was recorded counts as proven, and the services sign nothing. */
  readonly identity: 'open' | 'assumed'
  /** The revisions of the recorded history that were decided anew. */
  readonly from: number
  readonly to: number
  readonly commands: number
  /** Outsiders' commands decided again with the recorded parameters, the services reacting at once. */
  readonly recorded: Outcome
  /** The same under the new ones. */
  readonly new: Outcome
  /** Whether the recorded branch came to the very ledger: it does where the services had reacted at once. */
  readonly sameAsLedger: boolean
  readonly refused: { readonly count: number; readonly commands: readonly Changed[] }
  readonly newlyAccepted: { readonly count: number; readonly commands: readonly Changed[] }
}

/** The new parameters cannot be: the rules themselves refuse them, or they are for an instrument that never was. */
export class BadOverrides extends Error {
  override readonly name = 'BadOverrides'
}

const rejectionOf = (outcome: Processed): { readonly code: string; readonly reason: string } | undefined => {
  if (outcome.tag === 'refused') return outcome
  return outcome.tag === 'decided' ? outcome.rejection : undefined
}

const insist = (outcome: Processed, what: string): void => {
  const why = rejectionOf(outcome)
  if (why !== undefined) throw new BadOverrides(`${what}: ${why.code}: ${why.reason}`)
}

const parametersAsked = (pool: string, { pool: data }: Overrides): Command => ({
  id: 'what-if',
  type: 'SetPoolParameters',
  pool,
  actor: 'operator' satisfies Sender,
  data,
})

/** A command of the record, asked of both branches. */
const askBoth = (recorded: Branch, changed: Branch, overrides: Overrides, { command, at, revision }: Asked) => {
  const was = rejectionOf(recorded.ask(command, at))
  const altered = overrideCommand(command, overrides)
  const outcome = changed.ask(altered, at)
  if (altered !== command && was === undefined) insist(outcome, `${command.type} ${command.id} with the new parameters`)
  const is = rejectionOf(outcome)
  const named = { id: command.id, actor: command.actor, type: command.type, revision }
  return { was, is, named }
}

interface Asked {
  readonly command: Command
  readonly at: Millis
  readonly revision: number
}

/**
 * What if the parameters had been others. The same commands of outsiders are decided twice, with the recorded and with
 * the new parameters, at their recorded times, the services reacting anew each time (protocol 22). Nothing is written.
 * Answers nothing where it was interrupted. Throws `BadOverrides` where the rules refuse the new parameters.
 */
export const whatIf = async (history: History, options: WhatIfOptions): Promise<WhatIf | undefined> => {
  const { pool, overrides, from = start, to = end } = options
  const [recorded, changed] = [0, 1].map(() => openBranch(pool, options.reactors, options.maxSettle)) as [
    Branch,
    Branch,
  ]
  const refused: Changed[] = []
  const accepted: Changed[] = []
  const listed = new Set<string>()
  let begun: number | undefined
  let left = 0
  let commands = 0
  let last: LedgerEvent | undefined

  const begin = (event: LedgerEvent): void => {
    begun = event.revision
    recorded.begin()
    changed.begin()
    if (Object.keys(overrides.pool).length > 0)
      insist(changed.ask(parametersAsked(pool, overrides), parseTime(event.at)), 'the new parameters of the pool')
  }

  const step = (event: LedgerEvent): void => {
    const { command, events } = event.metadata
    if (event.type === 'InstrumentListed') listed.add(event.data.instrument)
    const isFirst = left === 0
    left = isFirst ? (events ?? 1) - 1 : left - 1
    if (begun === undefined && isFirst && !isBefore(from, event)) begin(event)
    last = event
    if (begun === undefined) {
      recorded.read(event)
      changed.read(overrideEvent(event, overrides))
      return
    }
    if (command === undefined || !isOutsiders(command)) return
    commands += 1
    const asked = { command, at: parseTime(event.at), revision: event.revision }
    const { was, is, named } = askBoth(recorded, changed, overrides, asked)
    if (was === undefined && is !== undefined) refused.push({ ...named, code: is.code, reason: is.reason })
    if (was !== undefined && is === undefined) accepted.push(named)
  }

  const how = await walk(
    history,
    (stored) => {
      const event = readEvent(stored)
      if (left === 0 && isAfter(to, event)) return false
      step(event)
      return true
    },
    options,
  )
  if (how === 'interrupted') return undefined
  if (last === undefined || begun === undefined) throw new RangeError('there is no event from there on')
  const unknown = Object.keys(overrides.instruments).filter((name) => !listed.has(name))
  if (unknown.length > 0) throw new BadOverrides(`${unknown.join(', ')}: no such instrument is listed in this history`)
  const until = parseTime(last.at)
  for (const branch of [recorded, changed]) branch.wait(until)
  return {
    pool,
    identity: recorded.pool().identity === undefined ? 'open' : 'assumed',
    from: begun,
    to: last.revision,
    commands,
    recorded: recorded.outcome(),
    new: changed.outcome(),
    sameAsLedger: recorded.pool().head === last.metadata.hash,
    refused: { count: refused.length, commands: refused },
    newlyAccepted: { count: accepted.length, commands: accepted },
  }
}
