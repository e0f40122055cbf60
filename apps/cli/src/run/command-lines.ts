import { type Command, isService, parseCommand, type Sender } from '@novation/events'
import { type FileLine, linesOf } from './lines'

/** What was asked, and the number of the line that asks it. */
export interface Asked {
  readonly line: number
  readonly command: Command
}

/** A line that asks nothing: nobody could read it, or its sender is none of those who may send lines. */
export interface Unasked {
  readonly line: number
  readonly code: 'malformed' | 'not-permitted'
  readonly reason: string
}

export type CommandLine = Asked | Unasked

/** Who sends a line that does not say so itself (contract, "Command"). */
const defaultActor: Sender = 'operator'

const readLine = (line: number, text: string): CommandLine => {
  const command = parseCommand(text, defaultActor)
  if (command._tag === 'Left') return { line, ...command.left }
  return isService(command.right.actor)
    ? {
        line,
        code: 'not-permitted',
        reason: `${command.right.actor} is a service of the mesh itself, and nobody else speaks in its name`,
      }
    : { line, command: command.right }
}

/** What a line of a file asks; nothing where it is empty. */
export const commandLineOf = ({ number, text, fault }: FileLine): CommandLine | undefined => {
  if (text === undefined) return { line: number, code: 'malformed', reason: fault ?? 'unreadable' }
  return text.trim() === '' ? undefined : readLine(number, text)
}

/** The commands of an NDJSON file, as many at a time as have come. Empty lines are none. */
export async function* commandLinesOf(chunks: AsyncIterable<Buffer>): AsyncIterable<readonly CommandLine[]> {
  for await (const lines of linesOf(chunks)) yield lines.flatMap((line) => commandLineOf(line) ?? [])
}
