import type { LedgerEvent } from '@novation/events'

const columns = ['revision', 'at', 'type', 'event', 'account', 'asset', 'amount', 'actor', 'command', 'hash'] as const

/** The first line of an export: what each column is. */
export const postingsHeader = `${columns.join(',')}\r\n`

/** RFC 4180, and a text that a spreadsheet would take for a formula is marked as text. */
const cell = (text: string): string => {
  const safe = /^[=+@-]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The postings of one event, a row each: amounts are signed decimals as they stand in the books, so each asset sums to 0. */
export const postingsRows = ({ revision, at, type, id, postings, metadata }: LedgerEvent): string =>
  postings
    .map(({ account, asset, amount }) =>
      [
        String(revision),
        at,
        type,
        id,
        cell(account),
        cell(asset),
        amount,
        cell(metadata.actor),
        cell(metadata.commandId),
        metadata.hash,
      ].join(','),
    )
    .map((row) => `${row}\r\n`)
    .join('')
