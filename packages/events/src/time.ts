/** Milliseconds since 1970 in UTC: how the ledger counts time. */
export type Millis = number

/** RFC 3339 to milliseconds; whatever is finer is cut off. */
export const parseTime = (text: string): Millis => {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new RangeError(`not a time: ${text}`)
  return ms
}

/** The one way the ledger writes a time: RFC 3339, UTC, milliseconds. */
export const formatTime = (ms: Millis): string => new Date(ms).toISOString()

/** Whether a text that looks like a time names a day that exists. */
export const isTime = (text: string): boolean => !Number.isNaN(Date.parse(text))
