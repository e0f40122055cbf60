import type { Subcommand } from '../subcommand'
import { doctor } from './doctor'
import { run } from './run'
import { solvency } from './solvency'
import { start } from './start'

/** Every command there is, in the order of the help. */
export const commands: readonly Subcommand[] = [run, solvency, start, doctor]
