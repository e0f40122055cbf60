import type { Flag } from '../settings/flag'
import { flagName, variableName } from '../settings/read-settings'
import type { Subcommand } from '../subcommand'

const notes = `A flag may also be set in the environment, or in the file that --settings names (JSON, by the names of the flags): the
command line goes first, then the environment, the file, the default.
Exit codes: 0 ok, 1 failure, 2 usage, 3 verification mismatch, 4 finding (insolvent), 5 dependency unavailable,
130 interrupted. Data is on standard output, everything else on standard error. NO_COLOR is respected.
`

const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length)) + 3
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}\n`).join('')
}

const flagRow = ([name, flag]: [string, Flag<unknown>]): readonly [string, string] => {
  const { placeholder, help, required, fallback } = flag
  const fallbackNote = fallback === undefined || placeholder === undefined ? '' : ` (default ${fallback})`
  return [
    `${flagName(name)}${placeholder === undefined ? '' : `=${placeholder}`}`,
    `${help}${required ? ' (needed)' : fallbackNote} [${variableName(name)}]`,
  ]
}

/** Everything about one command. */
export const commandHelp = ({ name, summary, operands, flags, examples }: Subcommand): string =>
  `${['Usage: novation', name, ...operands, '[flags]'].join(' ')}

${summary}

Flags:
${columns([...Object.entries(flags).map(flagRow), ['--help', 'this text']])}
Examples:
${examples.map((example) => `  $ ${example}\n`).join('')}
${notes}`

/** What there is. */
export const generalHelp = (commands: readonly Subcommand[]): string =>
  `Usage: novation COMMAND [flags]

An event-sourced clearinghouse for derivatives venues.

Commands:
${columns(commands.map(({ name, summary }) => [name, summary]))}
\`novation COMMAND --help\` tells about one. \`novation --version\` says which version this is.
Try first: novation demo

${notes}`
