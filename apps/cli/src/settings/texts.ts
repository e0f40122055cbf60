import { isTime, type Millis, parseTime } from '@novation/events'
import * as t from 'io-ts'

/** A codec of texts by what `read` makes of one; `name` is what was expected where it makes nothing. */
export const reading = <A>(name: string, read: (text: string) => A | undefined): t.Type<A, A, unknown> =>
  new t.Type<A, A, unknown>(
    name,
    (u): u is A => read(String(u)) !== undefined,
    (u, context) => {
      const value = typeof u === 'string' ? read(u) : undefined
      return value === undefined ? t.failure(u, context) : t.success(value)
    },
    t.identity,
  )

/** Any text but none. */
export const Text = reading('a text', (text) => (text === '' ? undefined : text))

/** `DIR`, `FILE`: whether it is there is found out when it is used. */
export const PathText = reading('a path', (text) => (text === '' || text.includes('\0') ? undefined : text))

export const Switch = reading('true or false', (text) =>
  ['true', '1', 'yes'].includes(text) ? true : ['false', '0', 'no', ''].includes(text) ? false : undefined,
)

export const wholeNumber = (least: number, most: number) =>
  reading(`a whole number from ${least} to ${most}`, (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    return value >= least && value <= most ? value : undefined
  })

export const oneOf = <const W extends readonly string[]>(...words: W) =>
  reading<W[number]>(words.join(' or '), (text) => words.find((word) => word === text))

/** An RFC 3339 time, with or without the `@` that a position carries. */
export const TimeOfDay = reading<Millis>('an RFC 3339 time, such as 2020-03-12T10:00:00Z', (text) => {
  const time = text.replace(/^@/, '')
  return isTime(time) ? parseTime(time) : undefined
})

/** A place in a ledger: the same words for every flag that takes one (`--at`, `--from`, `--to`). */
export type Place =
  | { readonly tag: 'start' }
  | { readonly tag: 'end' }
  | { readonly tag: 'revision'; readonly revision: number }
  | { readonly tag: 'time'; readonly at: Millis }

export const PlaceText = reading<Place>('start, end, a revision, or @ and an RFC 3339 time', (text) => {
  if (text === 'start' || text === 'end') return { tag: text }
  if (/^\d{1,15}$/.test(text)) return { tag: 'revision', revision: Number(text) }
  return text.startsWith('@') && isTime(text.slice(1)) ? { tag: 'time', at: parseTime(text.slice(1)) } : undefined
})

/** A part of 1, such as `0.2`, as the decimal it was written. */
export const PartText = reading('a part of 1, such as 0.2', (text) =>
  /^(0(\.\d{1,18})?|1(\.0+)?)$/.test(text) ? text : undefined,
)
