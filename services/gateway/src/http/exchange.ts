import { sha256 } from '@novation/events'
import type { Asked, Said } from '@novation/platform'
import type { Grant } from '../access/grant'
import type { Spot } from '../moments/moment'
import { answer, common } from './answers'

/** The number of the forms of the answers: a change of one is a new number, and nothing kept of the old is used again. */
const form = 1

/** Of a history up to an event, and of who sees how much of it: whatever is asked, the answer is the same for ever. */
export const tagOf = ({ hash }: Spot, { sight, account = '' }: Grant): string =>
  `"${hash.slice(0, 16)}.${sight === 'pool' ? form : `${form}.${sha256(account).slice(0, 8)}`}"`

/** Whether who asks has it already. */
export const isKnown = ({ headers }: Asked, tag: string): boolean => {
  const known = headers['if-none-match']
  return known?.split(',').some((word) => ['*', tag, `W/${tag}`].includes(word.trim())) ?? false
}

/** The same question about that revision, for whoever wants to ask it again. */
const locationOf = ({ path, query }: Asked, { revision }: Spot): string => {
  if (query === '') return `${path}?at=${revision}`
  const words = new URLSearchParams(query)
  words.delete('atLeast')
  words.set('at', String(revision))
  return `${path}?${words}`
}

/** What every answer about a moment says of the moment. */
export const momentHeaders = (asked: Asked, spot: Spot, grant: Grant): Said['headers'] => ({
  'x-revision': String(spot.revision),
  'x-ledger-time': spot.at,
  etag: tagOf(spot, grant),
  'content-location': locationOf(asked, spot),
})

/**
 * A JSON value that was so at a moment. Its headers are written in one piece: to put them together in several would cost as much as to work
 * out an account.
 */
export const momentAnswer = (asked: Asked, spot: Spot, grant: Grant, json: unknown): Said => ({
  status: 200,
  headers: {
    'cache-control': common['cache-control'],
    vary: common.vary,
    'x-content-type-options': common['x-content-type-options'],
    'content-type': 'application/json',
    'x-revision': String(spot.revision),
    'x-ledger-time': spot.at,
    etag: tagOf(spot, grant),
    'content-location': locationOf(asked, spot),
  },
  body: `${JSON.stringify(json)}\n`,
})

export const notModified = (asked: Asked, spot: Spot, grant: Grant): Said =>
  answer(304, 'application/json', '', momentHeaders(asked, spot, grant))
