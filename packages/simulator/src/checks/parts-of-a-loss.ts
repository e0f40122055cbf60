import { add, type Decimal, decimal, equals, format, subtract, sum, zero } from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import type { Law } from './law'

interface Totals {
  readonly taken: Decimal
  readonly given: Decimal
}

type Part = Extract<LedgerEvent, { type: 'LossSocialized' }>['data']

const added = (so: Totals, { taken, given }: Part): Totals => ({
  taken: add(so.taken, sum(taken.map(({ amount }) => decimal(amount)))),
  given: add(so.given, sum(given.map(({ amount }) => decimal(amount)))),
})

/** protocol 12: a loss that is socialised in parts takes what it gives, and gives all that is not said to stay uncovered. */
export const wholeInParts = (): Law => {
  let so: Totals = { taken: zero, given: zero }
  let due: Decimal = zero
  return ({ events }) => {
    for (const event of events) {
      if (event.type === 'BulkStarted') {
        so = { taken: zero, given: zero }
        due = zero
      }
      if (event.type === 'LossSocialized' && event.data.bulk !== undefined) {
        so = added(so, event.data)
        due = subtract(decimal(event.data.loss), decimal(event.data.uncovered))
      }
      if (event.type === 'BulkEnded' && !(equals(so.taken, so.given) && equals(so.given, due)))
        return `${event.data.bulk} took ${format(so.taken)} and gave ${format(so.given)} of ${format(due)}`
    }
    return undefined
  }
}
