import { isTime, type Millis, parseTime } from '@novation/events'

/** What a time written as a bare number counts. */
export type Unit = 'seconds' | 'milliseconds' | 'microseconds' | 'nanoseconds'

interface ReadTime {
  readonly at: Millis
  /** Where only the size of the number says what it counts. */
  readonly unit?: Unit
}

/** The number of digits tells the unit: of every day since 1973 seconds have 9 to 11, milliseconds 12 to 14, … */
const counted = (whole: string, part: string): ReadTime | undefined => {
  if (whole.length < 9 || whole.length > 20) return undefined
  if (whole.length <= 11) return { at: Math.round(Number(`${whole}${part}`) * 1000), unit: 'seconds' }
  if (whole.length <= 14) return { at: Number(whole), unit: 'milliseconds' }
  return whole.length <= 17
    ? { at: Number(whole.slice(0, -3)), unit: 'microseconds' }
    : { at: Number(whole.slice(0, -6)), unit: 'nanoseconds' }
}

/** `11-PM`, as some exchanges' archives write an hour. */
const hourOf = (clock: string): string | undefined => {
  const [, hour = '', half = ''] = /^(\d\d)-([AP])M$/i.exec(clock) ?? []
  if (hour < '01' || hour > '12') return undefined
  return String((Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0)).padStart(2, '0')
}

const clockOf = (clock: string): string => {
  const hour = hourOf(clock)
  if (hour !== undefined) return `${hour}:00:00Z`
  const [, minutes = '', seconds = ':00', part = '', zone = 'Z'] =
    /^(\d\d:\d\d)(:\d\d)?(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/.exec(clock) ?? []
  return `${minutes}${seconds}${part}${zone.replace(/^(...)(\d\d)$/, '$1:$2')}`
}

/** The text as RFC 3339, in UTC where it names no zone; or something that is no time. */
const written = (text: string): string => {
  const [, year = '', month = '', day = '', clock = '00:00'] =
    /^(\d{4})([-/.]?)(\d\d)\2(\d\d)(?:[T ]+(.+))?$/.exec(text)?.filter((_, i) => i !== 2) ?? []
  return `${year}-${month}-${day}T${clockOf(clock)}`
}

const endOfTimes = Date.UTC(3000, 0)

/**
 * A time as files of prices have it: a number since 1970, RFC 3339, `2021-12-31 23:01:00` or `2021/12/31` or `20211231`
 * (in UTC), `2021-12-31 11-PM`. Undefined where it is none of these, or a day that does not exist.
 */
export const readTime = (cell: string): ReadTime | undefined => {
  const text = cell.replace(/ (UTC|GMT)$/, '')
  const [number, whole = '', part = ''] = /^(\d+)(\.\d*)?$/.exec(text) ?? []
  const time = number === undefined ? undefined : counted(whole, part)
  if (time !== undefined) return time.at < endOfTimes ? time : undefined
  const rfc3339 = written(text)
  return isTime(rfc3339) ? { at: parseTime(rfc3339) } : undefined
}
