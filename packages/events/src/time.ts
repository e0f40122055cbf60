import { InstantText } from './text'

/** Milliseconds since 1970 in UTC: how the ledger counts time. */
export type Millis = number

/** Whether a text is an RFC 3339 time of a day that exists. */
export const isTime = (text: string): boolean => InstantText.is(text)

/** RFC 3339 to milliseconds; whatever is finer is cut off. Throws a RangeError where `isTime` says no. */
export const parseTime = (text: string): Millis => {
  if (!isTime(text)) throw new RangeError(`not a time: ${text}`)
  return Date.parse(text)
}

/** The one way the ledger writes a time: RFC 3339, UTC, milliseconds. A year past 9999 is a RangeError: it could not be read back. */
export const formatTime = (ms: Millis): string => {
  const text = new Date(ms).toISOString()
  if (text.length !== 24) throw new RangeError(`a time outside the years 0 to 9999: ${text}`)
  return text
}
