import type { Stored } from '@novation/events'
import { readEvent } from '../decoded'
import { isAfter, type Place } from '../place'
import { type History, type Walk, walk } from '../walk'

/** What a word names: an account, or an event by its revision; an index is its last price. */
export type Located = { readonly account: string } | { readonly revision: number }

const isBeyond = (place: Place, stored: Stored): boolean =>
  isAfter(place, { revision: stored.revision, at: place.tag === 'time' ? readEvent(stored).at : '' })

const opens = (stored: Stored, account: string): boolean => {
  if (stored.type !== 'AccountOpened') return false
  const event = readEvent(stored)
  return event.type === 'AccountOpened' && event.data.account === account
}

/**
 * Finds what a word names up to a place, the likeliest first: an account, the id of an event, a revision, the id of a
 * command (of which the first event is meant), an index (of which the last tick is). It looks at bytes, reads an event only where the word stands in it, and
 * folds nothing, so that it takes little more time than fetching the events does. Nothing where it was interrupted.
 */
export const locate = async (
  history: History,
  word: string,
  { at, ...how }: Walk & { readonly at: Place },
): Promise<Located | undefined> => {
  const named = /^\d{1,15}$/.test(word) ? Number(word) : undefined
  const quoted = JSON.stringify(word)
  let account = false
  let id: number | undefined
  let revision: number | undefined
  let command: number | undefined
  let tick: number | undefined
  const ofIndex = `"index":${quoted}`
  const passed = await walk(
    history,
    (stored) => {
      if (isBeyond(at, stored)) return false
      if (stored.id === word) id = stored.revision
      if (stored.revision === named) revision = named
      if (!stored.body.includes(quoted)) return true
      account = opens(stored, word)
      if (stored.type === 'IndexTicked' && stored.body.includes(ofIndex)) tick = stored.revision
      if (command === undefined && readEvent(stored).metadata.commandId === word) command = stored.revision
      return !account
    },
    how,
  )
  if (passed === 'interrupted') return undefined
  if (account) return { account: word }
  const found = id ?? revision ?? command ?? tick
  return found === undefined ? undefined : { revision: found }
}
