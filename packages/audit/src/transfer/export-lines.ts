import { type Command, commandOfToday, published, type Stored } from '@novation/events'
import { readEvent } from '../decoded'
import { isOutsiders } from '../what-if/branch'
import { postingsHeader, postingsRows } from './postings-csv'

interface Said {
  readonly at: string
  readonly metadata: { readonly command?: Command }
}

/**
 * What an outsider asked, as a line for `run`: at the time at which it was decided. Read from the stored words, so that
 * a ledger of another edition is read as well; what the services asked, their like in `run` ask anew.
 */
const commandLine = ({ body }: Stored): string => {
  const { at, metadata } = JSON.parse(body) as Said
  const { command } = metadata
  return command === undefined || !isOutsiders(command) ? '' : `${JSON.stringify({ ...commandOfToday(command), at })}\n`
}

interface ExportForm {
  /** What stands before the first event. */
  readonly header: string
  /** What an event comes to: a line, several, or none. */
  readonly linesOf: (stored: Stored) => string
}

/** As what a history can be handed on: postings, whole events that `import` makes the same ledger of, or commands for `run`. */
export const exportForms = {
  csv: { header: postingsHeader, linesOf: (stored) => postingsRows(readEvent(stored)) },
  jsonl: { header: '', linesOf: (stored) => `${published(stored).text}\n` },
  commands: { header: '', linesOf: commandLine },
} as const satisfies Readonly<Record<string, ExportForm>>
