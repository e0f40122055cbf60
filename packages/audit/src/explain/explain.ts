import type { Book } from '@novation/clearing'
import type { Place } from '../place'
import type { Shelf } from '../snapshots/shelf'
import { type PassedOver, type ReadFrom, stateAt, stateBefore } from '../snapshots/state-at'
import type { Walk } from '../walk'
import { type AccountStory, accountStory } from './account-story'
import { type EventStory, eventStory } from './event-story'
import { isKey, type KeyStory, keyStory } from './key-story'
import { locate } from './locate'

/** What is told of a word. */
export type Story =
  | { readonly of: 'account'; readonly story: AccountStory }
  | { readonly of: 'event'; readonly story: EventStory }
  | { readonly of: 'key'; readonly story: KeyStory }

/** What can be told of a word. */
export type Explained =
  | Story
  /** It names an event, which has causes and consequences and no story that could begin somewhere. */
  | { readonly of: 'no-story' }

export interface ExplainAsked extends Walk {
  readonly pool: string
  readonly at: Place
  /** Where the story of an account begins; at the first event where it is left out. */
  readonly from?: Place
}

const account = async (
  read: ReadFrom,
  id: string,
  asked: ExplainAsked,
  beginning: Book | undefined,
): Promise<Explained | undefined> => {
  const history = read((beginning?.revision ?? -1) + 1)
  const more = beginning === undefined ? {} : { beginning }
  const story = await accountStory(history, { ...asked, account: id, ...more })
  return story === undefined ? undefined : { of: 'account', story }
}

const event = async (
  read: ReadFrom,
  shelf: Shelf,
  revision: number,
  asked: ExplainAsked,
): Promise<Explained | undefined> => {
  const state = async (until: number) =>
    (await stateAt(shelf, asked.pool, { tag: 'revision', revision: until }, read)).pool
  const story = await eventStory(read, { ...asked, revision, stateAt: state })
  return story === undefined ? undefined : { of: 'event', story }
}

/**
 * Why: the story of an account, the causes and consequences of an event (by its revision, its id, or the id of its command), or what a key
 * has signed, whichever a word names. Nothing where it names none of them up to `at`, or where it was interrupted.
 */
export const explain = async (
  read: ReadFrom,
  shelf: Shelf,
  word: string,
  asked: ExplainAsked,
  passedOver?: PassedOver,
): Promise<Explained | undefined> => {
  const { pool, from } = asked
  if (isKey(word)) {
    const story = await keyStory(read(0), word, asked)
    return story === undefined ? undefined : { of: 'key', story }
  }
  const beginning = from === undefined ? undefined : await stateBefore(shelf, pool, from, read, passedOver, asked)
  const located = beginning?.accounts.has(word) === true ? { account: word } : await locate(read(0), word, asked)
  if (located === undefined || asked.signal?.aborted === true) return undefined
  if ('account' in located) return account(read, located.account, asked, beginning)
  return from === undefined ? event(read, shelf, located.revision, asked) : { of: 'no-story' }
}
