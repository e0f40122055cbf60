import { turnedRound } from '../kit/turned-round'
import { processAgain } from '../ledger/process'
import type { Law } from './append'

/** So often an append is decided in the other order too: a book that is turned round is made anew. */
const every = 3

/** What is decided does not hang on the order in which a book came to hold what it holds. */
export const noOrderDecides: Law = ({ before, events }) => {
  const [first] = events
  if (first === undefined || first.revision % every !== 0) return undefined
  const made = processAgain(turnedRound(before), first)
  const again = made?.tag === 'decided' ? made.events : []
  const other = events.find(({ id }, i) => again[i]?.id !== id)
  return other && `another ${other.type} is made where all that the book holds is held the other way round`
}
