import { type Either, left, right } from 'fp-ts/Either'
import type * as t from 'io-ts'
import type { Flag, Flags, Settings } from './flag'
import { noFile, type SettingsFile } from './settings-file'

export type Environment = Readonly<Record<string, string | undefined>>

/** What stood on the command line: text after `=`, or `true` for a switch. */
export type Given = Readonly<Record<string, string | true | undefined>>

/** `maxSettle` is `max-settle` in a file … */
export const keyName = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** … `--max-settle` on the command line … */
export const flagName = (name: string): string => `--${keyName(name)}`

/** … and `NOVATION_MAX_SETTLE` in the environment. */
export const variableName = (name: string): string =>
  `NOVATION_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`

interface Source {
  readonly from: string
  readonly text: string
}

const sourceOf = (
  name: string,
  flag: Flag<unknown>,
  given: Given,
  env: Environment,
  { path, texts }: SettingsFile,
): Source | undefined => {
  const stated = given[name]
  if (stated !== undefined) return { from: flagName(name), text: stated === true ? 'true' : stated }
  const variable = env[variableName(name)]
  if (variable !== undefined) return { from: variableName(name), text: variable }
  const filed = texts[keyName(name)]
  if (filed !== undefined) return { from: `${path}: ${keyName(name)}`, text: filed }
  return flag.fallback === undefined ? undefined : { from: flagName(name), text: flag.fallback }
}

const shown = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)

/** What the codec says of it; most say no more than what they expect. */
const wrongWith = ([first]: t.Errors, { codec }: Flag<unknown>, text: string): string =>
  first?.message ?? `expected ${codec.name}, found ${shown(text)}`

/** The settings by precedence flag, environment, file, default; or everything that is wrong with them, at once. */
export const readSettings = <F extends Flags>(
  flags: F,
  given: Given,
  env: Environment,
  file: SettingsFile = noFile,
): Either<readonly string[], Settings<F>> => {
  const problems: string[] = []
  const settings: Record<string, unknown> = {}
  for (const [name, flag] of Object.entries(flags)) {
    const source = sourceOf(name, flag, given, env, file)
    if (source === undefined) {
      if (flag.required)
        problems.push(`${flagName(name)}=${flag.placeholder} is missing (or ${variableName(name)}): ${flag.help}`)
      continue
    }
    const value = flag.codec.decode(source.text)
    if (value._tag === 'Right') settings[name] = value.right
    else problems.push(`${source.from}: ${wrongWith(value.left, flag, source.text)}`)
  }
  return problems.length > 0 ? left(problems) : right(settings as Settings<F>)
}
