import { nextDue, type Processed, process } from '@novation/clearing'
import { type Command, parseTime } from '@novation/events'
import { advance, type Mesh, type Step } from '@novation/platform'

/**
 * One command of a run: what is due before its time first, then the command itself, then all that follows (protocol, run
 * 2 and 3). What is turned away at the door does nothing at all, not even let time pass: it leaves no trace in the
 * ledger, so only then does a run that is started again find what the first one found.
 */
export const step = (mesh: Mesh, command: Command, maxSettle: number): Step & { readonly outcome: Processed } => {
  const at = command.at === undefined ? mesh.pool.at : Math.max(mesh.pool.at, parseTime(command.at))
  const due = nextDue(mesh.pool)
  if (due !== undefined && due <= at) {
    const outcome = process(mesh.pool, command, at)
    if (outcome.tag !== 'decided') return { mesh, events: [], outcome }
  }
  return advance(mesh, command, at, maxSettle)
}
