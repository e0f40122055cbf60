import type { Subcommand } from '../subcommand'
import { doctor } from './doctor'
import { exportCommand } from './export'
import { importCommand } from './import'
import { run } from './run'
import { solvency } from './solvency'
import { start } from './start'
import { tail } from './tail'

/** Every command there is, in the order of the help. */
export const commands: readonly Subcommand[] = [run, solvency, tail, exportCommand, importCommand, start, doctor]
