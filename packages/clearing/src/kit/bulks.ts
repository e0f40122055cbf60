import type { LedgerEvent } from '@novation/events'
import { stateHash } from '../proof/state-hash'
import { emptyPool } from '../state/book'
import { evolve } from '../state/evolve'
import type { Afterwards } from './expectations'
import { bulkParts } from './world'

const ends = (events: readonly LedgerEvent[]): readonly number[] =>
  events.flatMap(({ metadata: { events: count }, revision }) => (count === undefined ? [] : [revision + count]))

/** The bulk that began goes on the same, to the last byte, whatever part of it was in the ledger when that stopped. */
export const goesOnFromAnywhere = ({ pool: ended, events, happened: last }: Afterwards): void => {
  const bulk = last.filter(({ type, metadata }) => type === 'BulkStarted' || metadata.command === undefined)
  for (const end of ends(bulk)) {
    // A plain fold, as a ledger that starts again makes it: nobody was judged meanwhile.
    const again = events.slice(0, end).reduce(evolve, emptyPool('main', ended.parts))
    const rest = bulkParts(again)
    expect(rest.map(({ id }) => id)).toEqual(events.slice(end).map(({ id }) => id))
    expect(stateHash(again)).toBe(stateHash(ended))
  }
}
