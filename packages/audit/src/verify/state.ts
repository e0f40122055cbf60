import { type Book, emptyPool } from '@novation/clearing'
import { decodeEvent, type LedgerEvent, type Stored, type Upcasters } from '@novation/events'
import { fold } from '../fold'
import { type Check, type Fault, fault } from './checks'
import { type Execution, execute, startExecution } from './execution'
import { imbalanceOf } from './postings'
import { type Rules, rulesByNumber } from './rules'

/** The command whose events are being read. */
interface Group {
  readonly commandId: string
  /** How many of its events are still to come. */
  readonly left: number
}

/** Where the folding of a history stands, while nothing has broken it. */
export interface Standing {
  readonly pool: Book
  readonly group: Group
  /** Re-execution goes beside the fold, in a state of its own; nothing where it was not asked for, or has broken. */
  readonly execution?: Execution
}

export interface StateRules {
  /** The rules by their numbers; those of this program where none are given. */
  readonly rules?: ReadonlyMap<number, Rules>
  readonly upcasters?: Upcasters
}

/** Before the first event; with `isExecuted`, every command is decided again beside the fold. */
export const startStanding = (pool: string, isExecuted: boolean): Standing => ({
  pool: emptyPool(pool),
  group: { commandId: '', left: 0 },
  ...(isExecuted ? { execution: startExecution(pool) } : {}),
})

/** Whether an event stands where its command has it: the first names how many there are, the others follow it. */
const groupOf = ({ group, pool }: Standing, { revision, metadata }: LedgerEvent): Group | Fault => {
  const { commandId, events, command } = metadata
  if (group.left > 0) {
    if (events !== undefined)
      return fault('command', revision, `${commandId} begins, but ${group.left} more of ${group.commandId} were due`)
    return commandId === group.commandId
      ? { commandId, left: group.left - 1 }
      : fault('command', revision, `it belongs to ${commandId}, but ${group.left} more of ${group.commandId} were due`)
  }
  if (events === undefined || events < 1)
    return fault('command', revision, `it follows no command: ${commandId} is at its end`)
  if (command === undefined && pool.bulk === undefined)
    return fault('command', revision, `${commandId} begins without its command, and no bulk is under way`)
  return { commandId, left: events - 1 }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const folded = (pool: Book, event: LedgerEvent): Book | Fault => {
  try {
    return fold(pool, event)
  } catch (error) {
    return fault('fold', event.revision, messageOf(error))
  }
}

const isFault = (value: object): value is Fault => 'check' in value && 'reason' in value

/** Decides again beside the fold. Once that has failed it ends, and the fold goes on without it. */
const executed = (
  { execution, ...standing }: Standing,
  { rules = rulesByNumber, upcasters }: StateRules,
  event: LedgerEvent,
  stored: Stored,
): { readonly standing: Standing; readonly faults: readonly Fault[] } => {
  if (execution === undefined) return { standing, faults: [] }
  const number = event.metadata.decider
  const known = rules.get(number)
  if (known === undefined)
    return {
      standing,
      faults: [fault('decider', event.revision, `decided by rules ${number}, which this program does not have`)],
    }
  const next = execute(execution, known, event, stored, upcasters)
  return next.fault === undefined
    ? { standing: { ...standing, execution: next.execution }, faults: [] }
    : { standing, faults: [next.fault] }
}

/**
 * One more event laid over the state, and all that can be told of it: its form, its postings, its place among its
 * command's events, the rules. `standing` is undefined once nothing more can be folded.
 */
export const checkState = (
  before: Standing,
  options: StateRules,
  stored: Stored,
): { readonly standing?: Standing; readonly faults: readonly Fault[] } => {
  const decoded = decodeEvent(stored, options.upcasters)
  if (decoded._tag === 'Left') return { faults: [fault('reading', stored.revision, decoded.left)] }
  const event = decoded.right
  const again = executed(before, options, event, stored)
  const imbalance = imbalanceOf(event.postings)
  if (imbalance !== undefined)
    return {
      faults: [...again.faults, fault('postings', stored.revision, `its postings sum to ${imbalance}, not to zero`)],
    }
  const group = groupOf(before, event)
  if (isFault(group)) return { faults: [...again.faults, group] }
  const pool = folded(before.pool, event)
  if (isFault(pool)) return { faults: [...again.faults, pool] }
  const flat = group.left > 0 || pool.clearing.balances.size === 0
  const unflat = flat
    ? []
    : [fault('house', stored.revision, `${event.metadata.commandId} leaves the house with a balance in clearing`)]
  return { standing: { ...again.standing, pool, group }, faults: [...again.faults, ...unflat] }
}

/** The checks that say something of the state, and so end where the chain or the fold breaks. */
export const stateChecks: readonly Check[] = ['reading', 'postings', 'fold', 'command', 'house']

/** Those of the rules, which end where they first differ. */
export const executionChecks: readonly Check[] = ['decider', 'execution']
