import { type Either, left, right } from 'fp-ts/Either'
import type { ExitCode } from './exit-code'
import type { Flags, Settings } from './settings/flag'
import { type Environment, readSettings } from './settings/read-settings'
import type { SettingsFile } from './settings/settings-file'
import { settings as fileOfSettings } from './settings/shared'
import { readWords } from './settings/words'
import type { World } from './world'

/** One command of `novation`: what it is called, what it takes, what it does. */
interface Definition<F extends Flags> {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** What stands without a flag: `<NAME>`, or `[NAME]` where it may be left out. */
  readonly operands: readonly string[]
  readonly flags: F
  /** Whole command lines to copy. */
  readonly examples: readonly string[]
  readonly run: (settings: Settings<F>, operands: readonly string[], world: World) => Promise<ExitCode>
}

/** A command whose settings are its own business: they are read and used in one place. */
export interface Subcommand extends Omit<Definition<Flags>, 'run'> {
  /** What to do for these words, or everything that is wrong with them. */
  readonly prepare: (
    words: readonly string[],
    env: Environment,
    file?: SettingsFile,
  ) => Either<readonly string[], (world: World) => Promise<ExitCode>>
}

/** To add a command: one file in `commands/` that exports one of these, and its name in `commands/index.ts`. */
export const subcommand = <F extends Flags>({ run, ...definition }: Definition<F>): Subcommand => {
  const flags = { ...definition.flags, settings: fileOfSettings }
  return {
    ...definition,
    flags,
    prepare: (words, env, file) => {
      const { given, operands, problems } = readWords(words, flags, definition.operands)
      const settings = readSettings(definition.flags, given, env, file)
      if (settings._tag === 'Left') return left([...problems, ...settings.left])
      return problems.length > 0 ? left(problems) : right((world) => run(settings.right, operands, world))
    },
  }
}
