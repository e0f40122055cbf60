import { parseArgs } from 'node:util'
import type { Flags } from './flag'
import { flagName, type Given } from './read-settings'

/** A command line taken apart; what its values mean is for the codecs. */
interface Words {
  readonly given: Given
  readonly operands: readonly string[]
  readonly problems: readonly string[]
}

const nameOf = (written: string): string => written.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

const unknown = (written: string, flags: Flags): string => {
  const names = Object.keys(flags).map(flagName)
  return `there is no flag ${written.slice(0, 60)}${names.length === 0 ? '' : `; there is ${names.join(', ')}`}`
}

/** How many operands a command takes: `<NAME>` is needed, `[NAME]` may be left out, `[NAME…]` is any number. */
const miscounted = (operands: readonly string[], wanted: readonly string[]): readonly string[] => [
  ...wanted.slice(operands.length).flatMap((name) => (name.startsWith('<') ? [`${name} is missing`] : [])),
  ...(wanted.at(-1)?.endsWith('…]') ? [] : operands.slice(wanted.length)).map(
    (word) => `${JSON.stringify(word.slice(0, 60))} is one word too many`,
  ),
]

/** Sorts words into flags and operands, and lists every word that has no place. */
export const readWords = (words: readonly string[], flags: Flags, wanted: readonly string[]): Words => {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { placeholder }]) => [
      flagName(name).slice(2),
      { type: placeholder === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  )
  const { tokens } = parseArgs({ args: [...words], options, strict: false, tokens: true, allowPositionals: true })
  const given: Record<string, string | true> = {}
  const operands: string[] = []
  const problems: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const name = nameOf(token.name)
    const flag = token.rawName.startsWith('--') && Object.hasOwn(flags, name) ? flags[name] : undefined
    // Of a flag without =, the next word is taken for its value, whatever it is.
    const isValue = token.value !== undefined && (token.inlineValue === true || !/^-./.test(token.value))
    if (flag === undefined) problems.push(unknown(token.rawName, flags))
    else if (isValue) given[name] = token.value ?? ''
    else if (flag.placeholder === undefined) given[name] = true
    else problems.push(`${token.rawName} needs a value: ${token.rawName}=${flag.placeholder}`)
  }
  return { given, operands, problems: [...problems, ...miscounted(operands, wanted)] }
}
