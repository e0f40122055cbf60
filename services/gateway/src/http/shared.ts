import { readPlace } from '@novation/audit'
import { reading, wholeNumber } from '@novation/events'

/** What every read takes in its query. */
export const momentQuery = {
  at: reading('start, end, a revision, or @ and an RFC 3339 time', readPlace),
  atLeast: wholeNumber(0, 999_999_999_999_999),
}

/** What every list takes beside. */
export const pageQuery = {
  limit: wholeNumber(1, 1000),
  cursor: reading('a cursor, as `next` gave it', (text) => (/^[A-Za-z0-9_-]{1,2048}$/.test(text) ? text : undefined)),
}

export const defaultLimit = 100
