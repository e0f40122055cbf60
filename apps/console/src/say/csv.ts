/**
 * A cell of a CSV. What a spreadsheet would take for a formula is told as text: names and reasons are written by strangers.
 */
const cell = (text: string): string => {
  const told = /^[=+@\t\r]|^-(?!\d+(\.\d+)?$)/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(told) ? `"${told.replaceAll('"', '""')}"` : told
}

/** A table as CSV (RFC 4180). */
export const csvOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
