import { type Place, readPlace } from '@novation/audit'
import { isTime, type Millis, parseTime, reading } from '@novation/events'

/** Any text but none. */
export const Text = reading('a text', (text) => (text === '' ? undefined : text))

/** `DIR`, `FILE`: whether it is there is found out when it is used. */
export const PathText = reading('a path', (text) => (text === '' || text.includes('\0') ? undefined : text))

export const Switch = reading('true or false', (text) =>
  ['true', '1', 'yes'].includes(text) ? true : ['false', '0', 'no', ''].includes(text) ? false : undefined,
)

/** An RFC 3339 time, with or without the `@` that a position carries. */
export const TimeOfDay = reading<Millis>('an RFC 3339 time, such as 2020-03-12T10:00:00Z', (text) => {
  const time = text.replace(/^@/, '')
  return isTime(time) ? parseTime(time) : undefined
})

/** A place in a ledger: the same words for every flag that takes one (`--at`, `--from`, `--to`). */
export const PlaceText = reading<Place>('start, end, a revision, or @ and an RFC 3339 time', readPlace)

/** A part of 1, such as `0.2`, as the decimal it was written. */
export const PartText = reading('a part of 1, such as 0.2', (text) =>
  /^(0(\.\d{1,18})?|1(\.0+)?)$/.test(text) ? text : undefined,
)
