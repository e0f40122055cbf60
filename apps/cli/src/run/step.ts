import type { Processed } from '@novation/clearing'
import { type Command, parseTime } from '@novation/events'
import { advance, type Mesh, type Step } from '@novation/platform'

/** One command of a run, at its own time; ledger time where it has none, or an earlier one. */
export const step = (mesh: Mesh, command: Command, maxSettle: number): Step & { readonly outcome: Processed } =>
  advance(
    mesh,
    command,
    command.at === undefined ? mesh.pool.at : Math.max(mesh.pool.at, parseTime(command.at)),
    maxSettle,
  )
