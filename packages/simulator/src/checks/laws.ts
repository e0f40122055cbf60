import type { Pool, Statement } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import { flatHouse, frozenAlike, judgedAlike, postingsZero, solventUnlessUncovered, booksHold } from './books'
import { askedOnce } from './asks'
import { freshPrices, breachedOnly, noLargerThanNeeded } from './liquidations'
import { inOrder, neverOverpaid, principalUntouched } from './waterfall'

/** What one command did: the state it was decided on (at the time it was decided), its events, and the state after them. */
export interface Group {
  readonly before: Pool
  readonly after: Pool
  readonly events: readonly LedgerEvent[]
  /** The solvency statement of the state after them. */
  readonly statement: () => Statement
}

/** Says what is wrong with a group, or nothing. */
export type Law = (group: Group) => string | undefined

type Laws = Readonly<Record<string, Law>>

/** What must hold of a command that was rejected. One world's: it remembers what was rejected before. */
export const lawsOfRejection = (): Laws => ({
  'a rejection moves nothing': ({ events }) =>
    events.some(({ postings }) => postings.length > 0) ? 'it has postings' : undefined,
  'a rejection is not what asks again': askedOnce(),
})

/** What must hold of a command that was done, told from its events and the states around them, not by deciding it again. */
export const laws: Laws = {
  'postings sum to zero': postingsZero,
  'the house is flat': flatHouse,
  'the books hold': booksHold,
  'standing is as judged anew': judgedAlike,
  'solvent unless uncovered': solventUnlessUncovered,
  'nothing on a stale price': freshPrices,
  'only who is in breach is liquidated': breachedOnly,
  'no liquidation larger than needed': noLargerThanNeeded,
  'no layer of the waterfall skipped': inOrder,
  'nobody paid more than owed': neverOverpaid,
  'principal of others untouched': principalUntouched,
  'frozen says what is': frozenAlike,
}
