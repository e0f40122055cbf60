import { lastUpTo } from '../draw/nearest'
import type { Place } from '../model/place'
import { number } from './counts'

/** Something that a word may mean: what it is called, what it is, and where it leads. */
export interface Finding {
  readonly name: string
  readonly what: string
  readonly place: Place
}

/** What is known to be there, to be found by a part of its name. */
export interface Known {
  readonly here: Place
  readonly newest: number
  readonly pages: readonly (readonly [Place['page'], string])[]
  readonly accounts: readonly string[]
  readonly liquidations: readonly string[]
  /** The day that is looked at: a time alone is of it. */
  readonly day: string
  /** Moments, in order of time. */
  readonly moments: readonly { readonly revision: number; readonly at: string }[]
}

const most = 8

/** A time of day of the day that is looked at, or a whole one, in UTC. */
const timeIn = (word: string, day: string): number | undefined => {
  const text = /^\d{1,2}:\d{2}(:\d{2})?$/.test(word)
    ? `${day}T${word.padStart(5, '0')}${word.length > 5 ? '' : ':00'}Z`
    : word
  const time = /^\d{4}-\d{2}-\d{2}/.test(text)
    ? Date.parse(/Z$|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`)
    : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

const has =
  (word: string) =>
  (name: string): boolean =>
    name.toLowerCase().includes(word)

/** What a word may mean, the likeliest first: a revision, a time, a page, an account, an auction; at last an account that is not known here. */
export const findingsOf = (
  typed: string,
  { here, newest, pages, accounts, liquidations, moments, day }: Known,
): readonly Finding[] => {
  const word = typed.trim().toLowerCase()
  if (word === '') return pages.slice(0, most).map(([page, name]) => ({ name, what: 'page', place: { ...here, page } }))
  const digits = word.replaceAll(',', '')
  const revision = /^\d{1,15}$/.test(digits) && Number(digits) <= newest ? Number(digits) : undefined
  const time = timeIn(typed.trim(), day)
  const moment = time === undefined ? undefined : lastUpTo(moments, ({ at }) => Date.parse(at), time)
  const found: Finding[] = [
    ...(revision === undefined
      ? []
      : [
          { name: `Revision ${number(revision)}`, what: 'go to this moment', place: { ...here, at: revision } },
          {
            name: `Event ${number(revision)}`,
            what: 'what it says',
            place: { pool: here.pool, page: 'events' as const, item: String(revision), at: revision },
          },
        ]),
    ...(moment === undefined
      ? []
      : [{ name: moment.at, what: 'go to this moment', place: { ...here, at: moment.revision } }]),
    ...pages
      .filter(([, name]) => has(word)(name))
      .map(([page, name]) => ({ name, what: 'page', place: { ...here, page } })),
    ...accounts
      .filter(has(word))
      .map((item) => ({ name: item, what: 'account', place: { ...here, page: 'accounts' as const, item } })),
    ...liquidations
      .filter(has(word))
      .map((item) => ({ name: item, what: 'auction', place: { ...here, page: 'liquidations' as const, item } })),
  ]
  const exact = typed.trim()
  const isUnknown = /^[A-Za-z0-9._:-]{1,64}$/.test(exact) && !accounts.includes(exact)
  return [
    ...found.slice(0, most),
    ...(isUnknown
      ? [{ name: exact, what: 'as an account', place: { ...here, page: 'accounts' as const, item: exact } }]
      : []),
  ]
}
