import { InstantText } from './text'

/** Milliseconds since 1970 in UTC: how the ledger counts time. */
export type Millis = number

/** Whether a text is an RFC 3339 time of a day that exists. */
export const isTime = (text: string): boolean => InstantText.is(text)

/** As the ledger writes it, of a day that every month has and a year that `Date.UTC` does not take for one after 1900. */
const common =
  /^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z$/

/** Date.parse takes three times as long. */
const ofDigits = (text: string): Millis => {
  const digit = (at: number): number => text.charCodeAt(at) - 48
  const two = (at: number): number => 10 * digit(at) + digit(at + 1)
  const thousandths = 10 * two(20) + digit(22)
  return Date.UTC(100 * two(0) + two(2), two(5) - 1, two(8), two(11), two(14), two(17), thousandths)
}

/** RFC 3339 to milliseconds; whatever is finer is cut off. Throws a RangeError where `isTime` says no. */
export const parseTime = (text: string): Millis => {
  if (common.test(text)) return ofDigits(text)
  if (!isTime(text)) throw new RangeError(`not a time: ${text}`)
  return Date.parse(text)
}

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`)

/** A time of a year of four digits. `toISOString` takes twice as long. */
const ofFields = (date: Date, year: number): string => {
  const thousandths = date.getUTCMilliseconds()
  const day = `${year}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
  return `${day}T${clock}.${thousandths < 100 ? '0' : ''}${two(thousandths)}Z`
}

/** The one way the ledger writes a time: RFC 3339, UTC, milliseconds. A year past 9999 is a RangeError: it could not be read back. */
export const formatTime = (ms: Millis): string => {
  const date = new Date(ms)
  const year = date.getUTCFullYear()
  if (year >= 1000 && year <= 9999) return ofFields(date, year)
  const text = date.toISOString()
  if (text.length !== 24) throw new RangeError(`a time outside the years 0 to 9999: ${text}`)
  return text
}
