import { type Book, type HalfWay, type Mark, visit, visitToRead } from '@novation/clearing'
import { formatTime, type LedgerEvent, type Millis } from '@novation/events'
import { quiet } from '@novation/platform'
import { firstWhere } from './halving'
import { type Moment, momentOf, type Spot } from './moment'

/** So many of the last revisions are gone back to in the book itself; a quarter more are kept until they are forgotten together. */
export const ringSize = 10_000
/** So many are answered on one way back: whoever else waits is answered on the next. */
const company = 200

/** Where the book was after an event. */
interface Place {
  readonly spot: Spot
  readonly time: Millis
  readonly mark: Mark
  readonly halfway: HalfWay | undefined
}

interface Waiting {
  readonly place: Place
  /** Whether something is to be decided there. */
  readonly decides: boolean
  readonly answer: (moment: Moment) => void
  readonly fail: (error: unknown) => void
  /** It was forgotten while somebody waited for it. */
  readonly gone: () => void
}

/**
 * The last revisions of a book, which keeps its journal for that: it goes back, answers and comes again, within one turn
 * of the loop. One way back serves all who wait.
 */
export const openRing = (book: Book, size = ringSize) => {
  book.hold()
  const places: Place[] = []
  let first = book.revision + 1
  let group = { id: '', first: 0 }
  const waiting: Waiting[] = []

  const placeAt = (revision: number): Place | undefined => places[revision - first]

  const forget = (): void => {
    const gone = places.splice(0, places.length - size)
    const [oldest] = places
    first += gone.length
    if (oldest !== undefined) book.forget(oldest.mark)
  }

  /** Answers those who ask for the latest places first, and from there goes further back. */
  const answer = ([one, ...rest]: readonly Waiting[], go: typeof visit): void => {
    if (one === undefined) return
    go(book, one.place.mark, () => {
      try {
        one.answer(momentOf(book, one.place.halfway))
      } catch (error) {
        one.fail(error)
      }
      answer(rest, go)
    })
  }

  const isHere = ({ place }: Waiting): boolean => placeAt(place.spot.revision) === place

  const walk = async (): Promise<void> => {
    await quiet()
    const all = waiting.splice(0, company)
    for (const one of all) if (!isHere(one)) one.gone()
    const there = all.filter(isHere).toSorted((a, b) => b.place.spot.revision - a.place.spot.revision)
    answer(
      there.filter(({ decides }) => !decides),
      visitToRead,
    )
    answer(
      there.filter(({ decides }) => decides),
      visit,
    )
    if (waiting.length > 0) void walk()
  }

  return {
    /** The book has taken an event. */
    took: ({ revision, metadata: { commandId, events, hash } }: LedgerEvent): void => {
      if (events !== undefined) group = { id: commandId, first: revision }
      const [done, total] = [revision - group.first + 1, book.groupEnd - group.first + 1]
      const halfway = revision === book.groupEnd ? undefined : { id: group.id, done, total }
      places.push({ time: book.at, spot: { revision, hash, at: formatTime(book.at) }, mark: book.mark(), halfway })
      if (places.length > size + size / 4) forget()
    },
    /** What is known of a revision without asking anybody. */
    spotAt: (revision: number): Spot | undefined => placeAt(revision)?.spot,
    /** The last of those that are here at or before a time; nothing where that may be an earlier one. */
    lastAt: (time: Millis): Spot | undefined => {
      const later = firstWhere(places, ({ time: own }) => own > time)
      return later === 0 ? undefined : places[later - 1]?.spot
    },
    /** What work comes to at a revision that is here, of that hash; nothing where it is not here any more. */
    at: async <A>(
      revision: number,
      hash: string,
      work: (moment: Moment) => A,
      decides = false,
    ): Promise<A | undefined> => {
      const place = placeAt(revision)
      if (place === undefined || place.spot.hash !== hash) return undefined
      return new Promise<A | undefined>((resolve, reject) => {
        waiting.push({
          place,
          decides,
          answer: (moment) => resolve(work(moment)),
          fail: reject,
          gone: () => resolve(undefined),
        })
        if (waiting.length === 1) void walk()
      })
    },
  }
}

export type Ring = ReturnType<typeof openRing>
