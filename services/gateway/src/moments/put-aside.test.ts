import { type Label, type OwnShelf, type ReadFrom, stateAt } from '@novation/audit'
import { type Pool, stateHash, takeSnapshot } from '@novation/clearing'
import { streamOf } from '@novation/events'
import { quiet } from '@novation/platform'
import { tick } from '@novation/platform/kit'
import { market, openHouse } from '../kit/house'
import { bothShelves, isLong, needed, openAside, spacingOf } from './put-aside'

/** A shelf in memory. */
const shelfOf = (fails = false) => {
  const kept = new Map<number, { readonly label: Label; readonly json: unknown }>()
  const shelf: OwnShelf = {
    labels: () => [...kept.values()].map(({ label }) => label).sort((a, b) => a.revision - b.revision),
    put: async (pool: Pool) => {
      if (fails) throw new Error('the disk is full')
      const { name, revision, at } = pool
      kept.set(revision, { label: { pool: name, revision, at }, json: JSON.parse(JSON.stringify(takeSnapshot(pool))) })
    },
    open: ({ revision }) => kept.get(revision)?.json,
    clear: async (_, isKept) => {
      for (const [revision, { label }] of kept) if (!isKept(label)) kept.delete(revision)
    },
  }
  return { shelf, revisions: () => [...kept.keys()] }
}

describe('moments that are put aside', () => {
  it('are as far apart as the history is long and its accounts are many, always at the same places', () => {
    expect([0, 1_000, 600_000].map((events) => spacingOf(events, 10))).toEqual([20_000, 20_000, 20_000])
    expect([1_000_000, 2_000_000, 10_000_000].map((events) => spacingOf(events, 10))).toEqual([40_000, 80_000, 320_000])
    expect(spacingOf(1_000_000, 100_000)).toBe(80_000)
  })

  it('are there of a history that is long enough for one', () => {
    const long = (revision: number, accounts: number) => isLong({ revision, accounts })
    expect([long(19_998, 10), long(19_999, 10), long(50_000, 100_000), long(80_000, 100_000)]).toEqual([
      false,
      true,
      false,
      true,
    ])
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

it('of moments put aside when a history was shorter, one at each place is needed', () => {
  const labels = [3, 8, 11, 15, 19, 20].map((revision) => ({ pool: 'main', revision, at: 0 }))
  expect(needed(labels, 4).map(({ revision }) => revision)).toEqual([3, 8, 11, 15, 19])
  expect(needed(labels, 8).map(({ revision }) => revision)).toEqual([8, 15])
  expect(needed([], 8)).toEqual([])
})

describe('a history that grows', () => {
  const house = openHouse()
  afterAll(() => house.close())
  const read = (from: number) => house.store.read(streamOf('main'), from)
  const failed: unknown[] = []
  const asideOn = (shelf: OwnShelf, every = 4, from: ReadFrom = read) =>
    openAside(
      shelf,
      shelf,
      () => from,
      (error) => void failed.push(error),
      () => every,
    )
  const size = () => ({ revision: house.book.revision, accounts: house.book.accounts.size })
  const until = async (so: () => boolean): Promise<void> => {
    while (!so()) await quiet()
  }
  const patience = new AbortController().signal

  it('has moments put aside, and more when it has grown, and is read from them as from its beginning', async () => {
    await house.happen(...market, tick('4300'))
    const { shelf, revisions } = shelfOf()
    const { keep } = asideOn(shelf)
    const last = () => revisions().at(-1) ?? -1
    keep('main', size())
    await until(() => house.book.revision - last() < 4)
    expect(revisions().length).toBeGreaterThan(2)
    await quiet()
    for (let i = 0; i < 4; i += 1) await house.happen(tick(`43${i}1`))
    keep('main', size())
    await until(() => house.book.revision - last() < 4)
    const place = { tag: 'revision', revision: house.book.revision } as const
    const { pool, folded } = await stateAt(shelf, 'main', place, read)
    expect(pool && stateHash(pool)).toBe(stateHash(house.book))
    expect(folded).toBeLessThan(4)
    expect(failed).toEqual([])
  })

  it('is walked once by everybody who asks at once: each waits for the moment before his own, and for no later one', async () => {
    const { shelf, revisions } = shelfOf()
    const { keep, near } = asideOn(shelf)
    keep('main', size())
    const whatStoodThere = async (revision: number) => {
      await near('main', revision, patience)
      return revisions().filter((each) => each <= revision).length
    }
    const [early, late, again] = await Promise.all([6, 12, 12].map(whatStoodThere))
    expect([early, late, again]).toEqual([1, 3, 3])
    await near('main', 6, patience)
    await near('other', 6, patience)
  })

  it('that nobody has patience for is not waited for', async () => {
    const held = async function* () {
      await new Promise(() => undefined)
    }
    const { keep, near } = asideOn(shelfOf().shelf, 4, held)
    keep('main', size())
    const given = new AbortController()
    const waited = near('main', house.book.revision, given.signal)
    given.abort()
    await waited
    await near('main', house.book.revision, given.signal)
  })

  it('has its turn once moments of another pool have been put aside', async () => {
    const { shelf, revisions } = shelfOf()
    const walked: string[] = []
    const readerOf = (pool: string): ReadFrom => {
      walked.push(pool)
      return pool === 'main' ? read : () => [] as never
    }
    const ofMain: OwnShelf = {
      ...shelf,
      labels: (pool) => (pool === 'main' ? shelf.labels(pool) : []),
      clear: async (pool, isKept) => (pool === 'main' ? shelf.clear(pool, isKept) : undefined),
    }
    const { keep } = openAside(
      ofMain,
      ofMain,
      readerOf,
      (error) => void failed.push(error),
      () => 4,
    )
    keep('main', size())
    keep('other', size())
    keep('other', size())
    expect(new Set(walked)).toEqual(new Set(['main']))
    await until(() => walked.includes('other'))
    expect(house.book.revision - (revisions().at(-1) ?? -1)).toBeLessThan(4)
    expect(walked.filter((pool) => pool === 'other')).toHaveLength(1)
    expect(failed).toEqual([])
  })

  it('has cleared away what is too near once moments stand further apart', async () => {
    const { shelf, revisions } = shelfOf()
    asideOn(shelf).keep('main', size())
    await until(() => house.book.revision - (revisions().at(-1) ?? -1) < 4)
    const many = revisions().length
    for (let i = 0; i < 8; i += 1) await house.happen(tick(`44${i}1`))
    asideOn(shelf, 8).keep('main', size())
    await until(() => revisions().length < many)
    expect(needed(shelf.labels('main'), 8)).toEqual(shelf.labels('main'))
    expect(house.book.revision - (revisions().at(-1) ?? -1)).toBeLessThan(8)
  })

  it('is said where one cannot be put aside, waited for by nobody, and tried again later', async () => {
    const { keep, near } = asideOn(shelfOf(true).shelf)
    keep('main', size())
    await near('main', house.book.revision, patience)
    expect(failed).toEqual([new Error('the disk is full')])
    keep('main', size())
    await until(() => failed.length > 1)
  })
})
