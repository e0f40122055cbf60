import { bounded, leadingInstrument, pricesIn, type Row, rowsAround, tellingRows } from './course'
import { addressOf, moved, type Place, pages, placeOf, turned } from './place'
import { played, playFrom } from './play'
import { storyUpTo } from './story'

const read = (address: string): Place | undefined => {
  const [path = '', query = ''] = address.split(/\?(.*)/)
  return placeOf(path, query)
}

describe('an address', () => {
  it('shows whoever opens it the same', () => {
    const places: readonly Place[] = [
      { pool: 'main', page: 'overview' },
      { pool: 'main', page: 'accounts', item: 'alice', at: 12_566 },
      { pool: 'a:b.c', page: 'accounts', item: '..', at: 0 },
      { pool: 'main', page: 'accounts', filter: 'bankrupt' },
      ...pages.map((page): Place => ({ pool: 'main', page, at: 7 })),
    ]
    for (const place of places) expect(read(addressOf(place))).toEqual(place)
    expect(addressOf({ pool: 'main', page: 'accounts', item: 'alice', at: 12_566 })).toBe(
      '/pools/main/accounts/alice?at=12566',
    )
    // A browser would make another address of the dots alone.
    expect(new URL(addressOf({ pool: 'main', page: 'accounts', item: '..' }), 'http://here').pathname).toBe(
      '/pools/main/accounts/~..',
    )
  })

  it('that names no pool is none; an unknown page is the first, and a moment that is none the present', () => {
    expect(read('/')).toBeUndefined()
    expect(read('/elsewhere/main')).toBeUndefined()
    expect(read('/pools/main/nowhere/x?at=-1')).toEqual({ pool: 'main', page: 'overview' })
  })

  it('moves to another moment of the page, or to another page of the moment', () => {
    const here: Place = { pool: 'main', page: 'accounts', item: 'alice', at: 5 }
    expect(moved(here, 9)).toEqual({ ...here, at: 9 })
    expect(moved(here, undefined)).toEqual({ pool: 'main', page: 'accounts', item: 'alice' })
    expect(turned(here, 'events', '12')).toEqual({ pool: 'main', page: 'events', item: '12', at: 5 })
  })
})

describe('the course of a pool', () => {
  const row = (minute: number, prices = {}): Row =>
    ({ at: new Date(minute * 60_000).toISOString(), revision: minute, prices }) as Row

  it('leaves out a last moment that is years after all others', () => {
    const day = [0, 1, 2, 3].map((minute) => row(minute))
    expect(tellingRows(day)).toEqual(day)
    expect(tellingRows([...day, row(5_000_000)])).toEqual(day)
    expect(tellingRows([])).toEqual([])
  })

  it('keeps two moments, however far apart: one of them would be no course', () =>
    expect(tellingRows([row(0), row(5_000_000)])).toHaveLength(2))

  it('is cut to what is around a moment', () => {
    const day = [0, 10, 20, 30].map((minute) => row(minute))
    const minutes = (rows: readonly Row[]) => rows.map(({ revision }) => revision)
    expect(minutes(rowsAround(day, 12, 1))).toEqual([0, 10, 20])
    expect(minutes(rowsAround(day, -1, 1))).toEqual([0, 10])
  })

  it('says how each price went, from its first on', () => {
    const day = [row(0), row(1, { A: '5' }), row(2, { A: '6', B: '1' })]
    expect(pricesIn(day, 'A').map(({ revision, price }) => [revision, price])).toEqual([
      [1, '5'],
      [2, '6'],
    ])
    expect(pricesIn(day, 'C')).toEqual([])
  })

  it('is kept as long as can be drawn: of a longer one the older half is coarser, and its end stays', () => {
    const rows = (many: number) => Array.from({ length: many }, (_, i) => row(i))
    expect(bounded(rows(3_000))).toHaveLength(3_000)
    const kept = bounded(rows(20_000))
    expect(kept.length).toBeLessThanOrEqual(3_000)
    expect(kept.length).toBeGreaterThan(1_500)
    expect([kept[0]?.revision, kept.at(-1)?.revision]).toEqual([0, 19_999])
  })

  it('is drawn for the instrument with the most prices', () => {
    expect(leadingInstrument([row(0, { B: '1' }), row(1, { A: '1', B: '1' })])).toBe('B')
    expect(leadingInstrument([row(0, { B: '1', A: '1' })])).toBe('A')
    expect(leadingInstrument([])).toBeUndefined()
  })
})

describe('the story of an account', () => {
  const events = (many: number) => Array.from({ length: many }, (_, revision) => ({ revision })) as never[]

  it('is looked for nearby first, and further back where little is there', async () => {
    const asked: number[] = []
    const told = await storyUpTo(async (from) => (asked.push(from) > 1 ? events(30) : events(2)), 100_000, 20)
    expect(asked).toEqual([98_000, 50_000])
    expect(told.isWhole).toBe(false)
    expect(told.events.map(({ revision }) => revision).slice(0, 2)).toEqual([29, 28])
    expect(told.events).toHaveLength(20)
  })

  it('is whole where it was read from the beginning and none of it is left out', async () =>
    expect(await storyUpTo(async () => events(3), 500, 20)).toMatchObject({ isWhole: true, events: [{}, {}, {}] }))
})

describe('a play through history', () => {
  const rows = [0, 10, 20, 30].map(
    (minute) => ({ at: new Date(minute * 60_000).toISOString(), revision: minute }) as Row,
  )

  it('begins where one is, and goes on by the time of the ledger', () => {
    const begun = playFrom(rows, 12)
    expect(begun).toEqual({ time: 600_000, revision: 12 })
    const on = played(rows, begun ?? { time: 0, revision: 0 }, 600, 500)
    expect(on).toEqual({ time: 900_000, revision: 12 })
    expect(played(rows, on ?? { time: 0, revision: 0 }, 600, 500)).toEqual({ time: 1_200_000, revision: 20 })
  })

  it('is over where nothing more is known, and where nothing is', () => {
    expect(played(rows, { time: 1_799_000, revision: 20 }, 60, 250)).toBeUndefined()
    expect(played([], { time: 0, revision: 0 }, 60, 250)).toBeUndefined()
    expect(playFrom([], 3)).toBeUndefined()
  })
})
