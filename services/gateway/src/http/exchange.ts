import type { Asked, Said } from '@novation/platform'
import type { Spot } from '../moments/locate'
import { answer } from './answers'

/** The number of the forms of the answers: a change of one is a new number, and nothing kept of the old is used again. */
const form = 1

/** Of a history up to an event: whatever is asked about it, the answer is the same for ever. */
export const tagOf = ({ hash }: Spot): string => `"${hash.slice(0, 16)}.${form}"`

/** Whether who asks has it already. */
export const isKnown = ({ headers }: Asked, tag: string): boolean => {
  const known = headers['if-none-match']
  return (known ?? '').split(',').some((word) => ['*', tag, `W/${tag}`].includes(word.trim()))
}

/** The same question about that revision, for whoever wants to ask it again. */
const locationOf = ({ path, query }: Asked, { revision }: Spot): string => {
  const words = new URLSearchParams(query)
  words.delete('atLeast')
  words.set('at', String(revision))
  return `${path}?${words}`
}

/** What every answer about a moment says of the moment. */
export const momentHeaders = (asked: Asked, spot: Spot): Said['headers'] => ({
  'x-revision': String(spot.revision),
  'x-ledger-time': spot.at,
  etag: tagOf(spot),
  'content-location': locationOf(asked, spot),
})

export const notModified = (asked: Asked, spot: Spot): Said =>
  answer(304, 'application/json', '', momentHeaders(asked, spot))
