import type { Subcommand } from '../subcommand'
import { checkpoint } from './checkpoint'
import { demo } from './demo'
import { diffCommand } from './diff'
import { disclosureCommand } from './disclosure'
import { doctor } from './doctor'
import { explainCommand } from './explain'
import { exportCommand } from './export'
import { importCommand } from './import'
import { keys } from './keys'
import { replay } from './replay'
import { run } from './run'
import { signCommands } from './sign'
import { snapshot } from './snapshot'
import { solvency } from './solvency'
import { start } from './start'
import { tail } from './tail'
import { token } from './token'
import { verifyCommand } from './verify'
import { watch } from './watch'

/** Every command there is, in the order of the help. */
export const commands: readonly Subcommand[] = [
  demo,
  run,
  solvency,
  verifyCommand,
  checkpoint,
  snapshot,
  explainCommand,
  diffCommand,
  replay,
  disclosureCommand,
  tail,
  exportCommand,
  importCommand,
  keys,
  signCommands,
  start,
  watch,
  token,
  doctor,
]
