import { isTime, type Millis, parseTime } from '@novation/events'

/** A place in a history, in the words of every command: `start`, `end`, a revision, a time. */
export type Place =
  | { readonly tag: 'start' }
  | { readonly tag: 'end' }
  | { readonly tag: 'revision'; readonly revision: number }
  | { readonly tag: 'time'; readonly at: Millis }

interface Placed {
  readonly revision: number
  readonly at: string
}

/** Whether an event lies after a place; `start` is the first event, `end` has nothing after it. */
export const isAfter = (place: Place, { revision, at }: Placed): boolean => {
  switch (place.tag) {
    case 'start':
      return revision > 0
    case 'end':
      return false
    case 'revision':
      return revision > place.revision
    case 'time':
      return Date.parse(at) > place.at
  }
}

/** Whether an event lies before a place; nothing lies before the start, and everything before the end. */
export const isBefore = (place: Place, { revision, at }: Placed): boolean => {
  switch (place.tag) {
    case 'start':
      return false
    case 'end':
      return true
    case 'revision':
      return revision < place.revision
    case 'time':
      return Date.parse(at) < place.at
  }
}

export const start: Place = { tag: 'start' }
export const end: Place = { tag: 'end' }

/** A place by the words of a command line or a query; undefined where they name none. */
export const readPlace = (text: string): Place | undefined => {
  if (text === 'start' || text === 'end') return { tag: text }
  if (/^\d{1,15}$/.test(text)) return { tag: 'revision', revision: Number(text) }
  return text.startsWith('@') && isTime(text.slice(1)) ? { tag: 'time', at: parseTime(text.slice(1)) } : undefined
}
