import type { Millis } from '@novation/events'

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
