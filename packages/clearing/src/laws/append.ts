import { type Command, parseTime } from '@novation/events'
import { foresee } from '../ledger/decide'
import type { Book } from '../state/book'

export {
  type Append,
  accountIn,
  bestIn,
  type Chronicle,
  equitiesIn,
  equityIn,
  eventsOf,
  type Law,
  units,
} from '../checks/append'

/** What the ledger would make of this if it were asked now: nothing comes of it. */
export const wouldDecide = (
  book: Book,
  at: string,
  { type, actor, data }: Pick<Command, 'type' | 'actor' | 'data'>,
): ReturnType<typeof foresee> =>
  foresee(book, { id: 'x', pool: book.name, type, actor, data } as Command, Math.max(book.at, parseTime(at)))

/** Why the ledger would turn this away now, or nothing where it would do it. */
export const wouldReject = (...asked: Parameters<typeof wouldDecide>): string | undefined => {
  const { decision } = wouldDecide(...asked)
  return decision._tag === 'Left' ? decision.left.code : undefined
}
