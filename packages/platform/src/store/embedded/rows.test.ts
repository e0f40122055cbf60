import { sampleChain } from '../contract/sample-events'
import type { StoredEvent } from '../event-store'
import { packAppend } from './append-row'
import { connectMemory, insertRow } from './layout'
import { appendRows } from './rows'

/** A file with rows of so many events each, one stream. */
const rowsOf = (size: number, chain: readonly StoredEvent[]) => {
  const connection = connectMemory()
  const insert = insertRow(connection)
  for (let at = 0; at < chain.length; at += size) insert(packAppend('ledger-main', chain.slice(at, at + size), at))
  return appendRows(connection)
}

describe('a page of what is read', () => {
  const chain = sampleChain(1_700)

  it.each([
    [1, 500],
    [7, 504],
    [499, 998],
    [600, 600],
    [1_700, 1_700],
  ])(
    'is of rows of %i events %i events: 500, and what is left of the row that holds the last of them',
    (size, count) => {
      const rows = rowsOf(size, chain)
      expect(rows.stream('ledger-main', 0).map(({ revision }) => revision)).toEqual(
        chain.slice(0, count).map((e) => e.revision),
      )
      const { events, reached } = rows.search('ledger-', 0)
      expect(events).toHaveLength(count)
      expect(reached).toBe(count)
    },
  )

  it('begins anywhere in a row, and ends with the last one', () => {
    const rows = rowsOf(600, chain)
    expect(rows.stream('ledger-main', 599)).toHaveLength(601)
    expect(rows.stream('ledger-main', 1_650)).toHaveLength(50)
    expect(rows.search('ledger-', 1_650).events).toHaveLength(50)
    expect(rows.search('ledger-', 1_700)).toEqual({ events: [], reached: 1_700 })
    expect(rows.search('other-', 0)).toEqual({ events: [], reached: 600 })
  })
})
