import { type ExitCode, exitCodes } from './exit-code'
import type { World } from './world'

/** Says how to go on after a Ctrl-C, and answers with its exit code. */
export const interrupted = async ({ err }: World, howToGoOn: string): Promise<ExitCode> => {
  await err.write(`interrupted: ${howToGoOn}\n`)
  return exitCodes.interrupted
}
