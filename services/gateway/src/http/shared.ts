import { readPlace } from '@novation/audit'
import { reading, wholeNumber } from '@novation/events'

/** A text of one form, and nothing more to be read in it. */
export const formed = (name: string, pattern: RegExp) =>
  reading(name, (text) => (pattern.test(text) ? text : undefined), {
    type: 'string',
    pattern: pattern.source,
    description: name,
  })

/** Several of these words with commas between, as a description says it. */
export const listForm = (words: readonly string[]) => ({ type: 'array', minItems: 1, items: { enum: words } })

/** A position in a ledger. */
export const PlaceText = reading('start, end, a revision, or @ and an RFC 3339 time', readPlace, {
  type: 'string',
  pattern: '^(start|end|[0-9]{1,15}|@.+)$',
  description: 'start, end, a revision, or @ and an RFC 3339 time',
})

/** What every read takes in its query. */
export const momentQuery = {
  at: PlaceText,
  atLeast: wholeNumber(0, 999_999_999_999_999),
}

/** What every list takes beside. */
export const pageQuery = {
  limit: wholeNumber(1, 1000),
  cursor: formed('a cursor, as `next` gave it', /^[A-Za-z0-9_-]{1,2048}$/),
}

export const defaultLimit = 100
