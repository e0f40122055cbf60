import { type Either, right } from 'fp-ts/Either'
import { commands } from './commands/index'
import { type ExitCode, exitCodes } from './exit-code'
import { explainFailure, failureOf } from './failure'
import { keyName, variableName } from './settings/read-settings'
import { noFile, readSettingsFile, type SettingsFile } from './settings/settings-file'
import { settings } from './settings/shared'
import { readWords } from './settings/words'
import type { Subcommand } from './subcommand'
import { commandHelp, generalHelp } from './usage/help'
import type { World } from './world'

const usage = async (world: World, name: string, problems: readonly string[]): Promise<ExitCode> => {
  const who = name === '' ? 'novation' : `novation ${name}`
  const lines = problems.map((problem) => `${who}: ${problem}\n`)
  await world.err.write(`${lines.join('')}  what to do: see \`${who} --help\`\n  id: usage\n`)
  return exitCodes.usage
}

const print = async (world: World, text: string): Promise<ExitCode> => {
  await world.out.write(text)
  return exitCodes.ok
}

const keys = new Set(
  commands.flatMap(({ flags }) => Object.keys(flags).filter((name) => name !== 'settings')).map(keyName),
)

/** The file of settings that the command line names, or the environment. */
const fileOf = (words: readonly string[], { env }: World): Either<readonly string[], SettingsFile> => {
  const { given } = readWords(words, { settings }, [])
  const path = given.settings ?? env[variableName('settings')]
  return typeof path === 'string' && path !== '' ? readSettingsFile(path, keys) : right(noFile)
}

const start = (command: Subcommand, words: readonly string[], world: World): Promise<ExitCode> => {
  const beforeDashes = words.includes('--') ? words.slice(0, words.indexOf('--')) : words
  if (beforeDashes.includes('--help') || beforeDashes.includes('-h')) return print(world, commandHelp(command))
  const file = fileOf(words, world)
  const prepared = file._tag === 'Left' ? file : command.prepare(words, world.env, file.right)
  return prepared._tag === 'Left' ? usage(world, command.name, prepared.left) : prepared.right(world)
}

const dispatch = async ([name, ...words]: readonly string[], version: string, world: World): Promise<ExitCode> => {
  if (name === undefined) return usage(world, '', ['which command?'])
  if (name === '--help' || name === '-h' || name === 'help') {
    const about = commands.find((command) => command.name === words[0])
    return print(world, about === undefined ? generalHelp(commands) : commandHelp(about))
  }
  if (name === '--version' || name === 'version') return print(world, `novation ${version}\n`)
  const command = commands.find((one) => one.name === name)
  return command === undefined
    ? usage(world, '', [`there is no ${name.startsWith('-') ? 'flag' : 'command'} ${name.slice(0, 60)}`])
    : start(command, words, world)
}

/** The whole command line: words in, exit code out. Throws nothing but what is a bug in the program. */
export const novation = async (words: readonly string[], version: string, world: World): Promise<ExitCode> => {
  try {
    return await dispatch(words, version, world)
  } catch (error) {
    const failure = failureOf(error)
    if (failure === undefined) throw error
    await world.err.write(explainFailure(failure))
    return failure.explanation.exit
  }
}
