import { openMemoryStore } from '@novation/platform'
import { isNonEmpty } from 'fp-ts/Array'
import type { Place } from '../place'
import { calm, runLines, storedOf } from '../test-world'
import { upTo } from './up-to'

const stored = [...storedOf(runLines(calm))]

const read = async (first: number, to: Place): Promise<readonly number[]> => {
  const store = openMemoryStore()
  if (isNonEmpty(stored)) await store.append('ledger-main', stored, -1)()
  const found: number[] = []
  for await (const { revision } of upTo(store, 'main', first, to)) found.push(revision)
  return found
}

describe('the events up to a place', () => {
  const all = stored.map(({ revision }) => revision)

  it('are all up to the end', async () => expect(await read(0, { tag: 'end' })).toEqual(all))

  it('are those up to a revision, itself included', async () =>
    expect(await read(2, { tag: 'revision', revision: 5 })).toEqual([2, 3, 4, 5]))

  it('are the first alone, up to the start', async () => expect(await read(0, { tag: 'start' })).toEqual([0]))

  it('are those decided by a time, itself included', async () => {
    const { at } = JSON.parse(stored[4]?.body ?? '') as { readonly at: string }
    const last = stored.filter(({ body }) => JSON.parse(body).at <= at).length
    expect(await read(0, { tag: 'time', at: Date.parse(at) })).toEqual(all.slice(0, last))
  })
})
