import fc from 'fast-check'
import { Journal } from './journal'

const names = ['a', 'b', 'c', 'd', 'e'] as const

/** Something of each kind that can change. */
const newRecord = () => ({ field: 0 as number | undefined, table: new Map<string, number>(), set: new Set<string>() })
type Record_ = ReturnType<typeof newRecord>

const textOf = ({ field, table, set }: Record_): string =>
  JSON.stringify([field ?? null, [...table].sort(), [...set].sort()])
/** With the order in which a table and a set have what is in them. */
const orderIn = ({ table, set }: Record_): string => JSON.stringify([[...table], [...set]])

const change = fc.oneof(
  fc.record({ kind: fc.constant('field' as const), value: fc.option(fc.nat(9), { nil: undefined }) }),
  fc.record({ kind: fc.constant('put' as const), key: fc.constantFrom(...names), value: fc.nat(9) }),
  fc.record({ kind: fc.constantFrom('take', 'add', 'leave'), key: fc.constantFrom(...names) }),
)
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never

const make = (journal: Journal, record: Record_, one: Change): void => {
  const { kind } = one
  if (kind === 'field') {
    journal.field(record, 'field')
    record.field = 'value' in one ? one.value : undefined
  } else if (kind === 'put') {
    journal.entry(record, 'table', one.key)
    record.table.set(one.key, 'value' in one ? (one.value ?? 0) : 0)
  } else if (kind === 'take') {
    journal.entry(record, 'table', one.key)
    record.table.delete(one.key)
  } else {
    journal.member(record, 'set', one.key)
    if (kind === 'add') record.set.add(one.key)
    else record.set.delete(one.key)
  }
}

const makeAll = (journal: Journal, record: Record_, changes: readonly Change[]) =>
  changes.map((one) => {
    make(journal, record, one)
    return { length: journal.length, text: textOf(record) }
  })

/** Something that has changed so, and how it was after each change. */
const played = (changes: readonly Change[]) => {
  const [journal, record] = [new Journal(), newRecord()]
  return { journal, record, places: makeAll(journal, record, changes) }
}

/** Two blocks of changes: none behind them puts anything in order. */
const manyChanges = fc.array(change, { minLength: 500, maxLength: 500 })
const place = fc.nat(499)
const nothing = new Set<string>()
const quiet = (): void => undefined

describe('a journal', () => {
  it('goes back over whole blocks of changes to what was there, and leaves everything as it was and in its order, however often', () => {
    fc.assert(
      fc.property(manyChanges, fc.array(place, { minLength: 1, maxLength: 8 }), (changes, visits) => {
        const { journal, record, places } = played(changes)
        const [now, order] = [textOf(record), orderIn(record)]
        for (const one of visits) {
          const { length = 0, text = '' } = places[one] ?? {}
          expect(journal.visit(length, quiet, nothing, () => textOf(record))).toBe(text)
          expect([textOf(record), orderIn(record)]).toEqual([now, order])
        }
      }),
    )
  })

  it('goes on from a visit to an earlier place, and comes back by the same two ways', () => {
    fc.assert(
      fc.property(manyChanges, place, place, (changes, one, other) => {
        const { journal, record, places } = played(changes)
        const order = orderIn(record)
        const [late, early] = [places[Math.max(one, other)], places[Math.min(one, other)]]
        const seen = journal.visit(late?.length ?? 0, quiet, nothing, () => [
          textOf(record),
          journal.visit(early?.length ?? 0, quiet, nothing, () => textOf(record)),
          textOf(record),
        ])
        expect(seen).toEqual([late?.text, early?.text, late?.text])
        expect(orderIn(record)).toBe(order)
      }),
    )
  })

  it('knows nothing more of a block that was taken back or forgotten, and made anew', () => {
    fc.assert(
      fc.property(manyChanges, manyChanges, place, (changes, others, kept) => {
        const { journal, record, places } = played(changes)
        const [first, from] = [places[0], places[kept]]
        journal.visit(first?.length ?? 0, quiet, nothing, quiet)
        journal.takeBack(from?.length ?? 0, quiet)
        expect(textOf(record)).toBe(from?.text)
        journal.forget(places[Math.floor(kept / 2)]?.length ?? 0)
        const after = makeAll(journal, record, others)
        for (const { length, text } of [
          ...places.slice(Math.floor(kept / 2), kept + 1),
          ...after.filter((_, i) => i % 97 === 0),
        ])
          expect(journal.visit(length, quiet, nothing, () => textOf(record))).toBe(text)
      }),
      { numRuns: 30 },
    )
  })
})
