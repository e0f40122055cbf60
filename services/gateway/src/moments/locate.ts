import { atOf, type Place, revisionSince } from '@novation/audit'
import { formatTime, streamOf } from '@novation/events'
import type { EventStore } from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import type { Head } from '../heads'
import { type Problem, problem } from '../http/problems'
import type { Spot } from './moment'

/** Where the book of a head stands now. */
export const spotOf = ({ book, ring }: Head): Spot =>
  ring.spotAt(book.revision) ?? { revision: book.revision, hash: book.head, at: formatTime(book.at) }

const spotAt = async (store: EventStore, { book, ring }: Head, revision: number): Promise<Spot | undefined> => {
  const here = ring.spotAt(revision)
  if (here !== undefined) return here
  for await (const recorded of store.read(streamOf(book.name), revision))
    return { revision, hash: recorded.hash, at: formatTime(atOf(recorded)) }
  return undefined
}

const revisionOf = async (store: EventStore, head: Head, place: Place): Promise<number> => {
  switch (place.tag) {
    case 'start':
      return 0
    case 'end':
      return head.book.revision
    case 'revision':
      return place.revision
    case 'time':
      return (
        head.ring.lastAt(place.at)?.revision ??
        (await revisionSince(store, head.book.name, place.at + 1, head.book.revision)) - 1
      )
  }
}

/**
 * What `at` names: the last event at or before it, as on the command line; beyond the end it is the end. `head` where
 * that is wherever the gateway stands when it answers.
 */
export const locateSpot = async (
  store: EventStore,
  head: Head,
  place: Place,
): Promise<Either<Problem, Spot | 'head'>> => {
  if (head.book.revision < 0) return left(problem('bad-position', `nothing has happened in ${head.book.name} yet`))
  const revision = await revisionOf(store, head, place)
  if (place.tag === 'end' || revision > head.book.revision) return right('head')
  if (revision === head.book.revision) return right(spotOf(head))
  const spot = revision < 0 ? undefined : await spotAt(store, head, revision)
  return spot === undefined
    ? left(problem('bad-position', 'there is no event at or before that position: ask for a later one, or for at=end'))
    : right(spot)
}
