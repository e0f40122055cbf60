import { type Label, type Shelf, stateAt } from '@novation/audit'
import { type Pool, stateHash, takeSnapshot } from '@novation/clearing'
import { streamOf } from '@novation/events'
import { quiet } from '@novation/platform'
import { tick } from '@novation/platform/kit'
import { market, openHouse } from '../kit/house'
import { bothShelves, openAside, spacingOf } from './put-aside'

/** A shelf in memory. */
const shelfOf = (fails = false) => {
  const kept = new Map<number, { readonly label: Label; readonly json: unknown }>()
  const shelf: Shelf = {
    labels: () => [...kept.values()].map(({ label }) => label).sort((a, b) => a.revision - b.revision),
    put: async (pool: Pool) => {
      if (fails) throw new Error('the disk is full')
      const { name, revision, at } = pool
      kept.set(revision, { label: { pool: name, revision, at }, json: JSON.parse(JSON.stringify(takeSnapshot(pool))) })
    },
    open: ({ revision }) => kept.get(revision)?.json,
  }
  return { shelf, revisions: () => [...kept.keys()] }
}

describe('moments that are put aside', () => {
  it('are as far apart as the history is long and its accounts are many, always at the same places', () => {
    expect([0, 1_000, 600_000].map((events) => spacingOf(events, 10))).toEqual([20_000, 20_000, 20_000])
    expect([1_000_000, 2_000_000, 10_000_000].map((events) => spacingOf(events, 10))).toEqual([40_000, 80_000, 320_000])
    expect(spacingOf(1_000_000, 100_000)).toBe(80_000)
  })

  it('stand beside those of others, before which they go', () => {
    const [own, other] = [shelfOf().shelf, shelfOf().shelf]
    const label = (revision: number) => ({ pool: 'main', revision, at: 0 })
    const shelf = bothShelves(
      { ...own, labels: () => [label(4), label(8)], open: ({ revision }) => (revision === 8 ? undefined : 'own') },
      { ...other, labels: () => [label(2), label(8)], open: () => 'other' },
    )
    expect(shelf.labels('main').map(({ revision }) => revision)).toEqual([2, 4, 8])
    expect([4, 8].map((revision) => shelf.open(label(revision)))).toEqual(['own', 'other'])
  })
})

describe('a history that grows', () => {
  const house = openHouse()
  afterAll(() => house.close())
  const read = (from: number) => house.store.read(streamOf('main'), from)
  const failed: unknown[] = []
  const asideOn = (shelf: Shelf) =>
    openAside(
      shelf,
      () => read,
      (error) => void failed.push(error),
      () => 4,
    )
  const until = async (so: () => boolean): Promise<void> => {
    while (!so()) await quiet()
  }

  it('has moments put aside, and more when it has grown, and is read from them as from its beginning', async () => {
    await house.happen(...market, tick('4300'))
    const { shelf, revisions } = shelfOf()
    const keep = asideOn(shelf)
    const last = () => revisions().at(-1) ?? -1
    keep(house.book, house.book.revision)
    await until(() => house.book.revision - last() < 4)
    expect(revisions().length).toBeGreaterThan(2)
    for (let i = 0; i < 4; i += 1) await house.happen(tick(`43${i}1`))
    keep(house.book, house.book.revision)
    await until(() => house.book.revision - last() < 4)
    const place = { tag: 'revision', revision: house.book.revision } as const
    const { pool, folded } = await stateAt(shelf, 'main', place, read)
    expect(pool && stateHash(pool)).toBe(stateHash(house.book))
    expect(folded).toBeLessThan(4)
    expect(failed).toEqual([])
  })

  it('is said where one cannot be put aside, and tried again later', async () => {
    const keep = asideOn(shelfOf(true).shelf)
    keep(house.book, house.book.revision)
    await until(() => failed.length > 0)
    expect(failed).toEqual([new Error('the disk is full')])
    await quiet()
    keep(house.book, house.book.revision)
    await until(() => failed.length > 1)
  })
})
