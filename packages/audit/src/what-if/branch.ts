import { backstop, type Pool, type Processed } from '@novation/clearing'
import { type Command, isService, type LedgerEvent, type Millis } from '@novation/events'
import { advance, type Hosted, type Mesh, passUntil, recovery, startMesh } from '@novation/platform'
import { newTally, type Outcome, outcomeOf, tallyUp } from './tally'

/** One of the two histories of a what-if: read as recorded up to where it begins, decided anew from there. */
export interface Branch {
  readonly read: (event: LedgerEvent) => void
  /** History ends here, and the branch goes on by itself: what the services had asked and nobody answered comes first. */
  readonly begin: () => void
  readonly ask: (command: Command, at: Millis) => Processed
  /** Lets time pass after the last command. */
  readonly wait: (until: Millis) => void
  readonly outcome: () => Outcome
  readonly pool: () => Pool
}

/** Whether a command is an outsider's: the services ask anew by themselves, the backstop among them (protocol 22). */
export const isOutsiders = ({ actor }: Pick<Command, 'actor'>): boolean =>
  !isService(actor) && actor !== `keeper:${backstop}`

export const openBranch = (name: string, reactors: readonly Hosted[], maxSettle: number): Branch => {
  let mesh: Mesh = startMesh(name, reactors)
  let before = mesh.pool
  const past = recovery(mesh)
  const tally = newTally()
  return {
    read: past.read,
    begin: () => {
      const step = past.resume(maxSettle)
      mesh = step.mesh
      before = mesh.pool
      tallyUp(tally, step.events)
    },
    ask: (command, at) => {
      const step = advance(mesh, command, at, maxSettle)
      mesh = step.mesh
      tallyUp(tally, step.events)
      return step.outcome
    },
    wait: (until) => {
      const step = passUntil(mesh, until, maxSettle)
      mesh = step.mesh
      tallyUp(tally, step.events)
    },
    outcome: () => outcomeOf(tally, before, mesh.pool),
    pool: () => mesh.pool,
  }
}
