import { keepAnswers } from './answers'
import { leadingInstrument, type Row, rowsAround, rowsUpTo, tellingRows } from './course'
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

describe('answers', () => {
  const answersOf = (answer: (at: number) => unknown, isPassing = false) => {
    const asked: number[] = []
    const rests: (() => void)[] = []
    const answers = keepAnswers(
      (async (_: string, { at }: { at: number }) => {
        asked.push(at)
        return answer(asked.length)
      }) as never,
      { isPassing: () => isPassing, rest: () => new Promise((resolve) => rests.push(resolve)) },
    )
    return { asked, rests, at: (at: number) => answers('summary', { at }) }
  }
  const turn = () => new Promise((resolve) => setTimeout(resolve))
  const failing = (): never => {
    throw new Error('away')
  }

  it('are asked for once', async () => {
    const { asked, at } = answersOf((times) => times)
    const first = at(1)
    expect(first.value).toEqual({ isWaiting: true })
    await turn()
    expect(first.value).toEqual({ data: 1, isWaiting: false })
    expect(at(1)).toBe(first)
    at(2)
    expect(asked).toEqual([1, 2])
  })

  it('that were refused stay so, however often the page is drawn: what is not there is not asked for without end', async () => {
    const { asked, at } = answersOf(failing)
    at(1)
    await turn()
    expect(at(1).value).toEqual({ isWaiting: false, why: 'away' })
    expect(asked).toEqual([1])
  })

  it('that nobody gave are asked for again after a rest, and come by themselves', async () => {
    const { asked, rests, at } = answersOf((times) => (times < 3 ? failing() : times), true)
    const known = at(1)
    await turn()
    expect(known.value).toEqual({ isWaiting: true, why: 'away' })
    for (const rest of [0, 1]) {
      rests[rest]?.()
      await turn()
    }
    expect(known.value).toEqual({ data: 3, isWaiting: false })
    expect(asked).toEqual([1, 1, 1])
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

  it('is cut to what is around a moment, or before it', () => {
    const day = [0, 10, 20, 30].map((minute) => row(minute))
    const minutes = (rows: readonly Row[]) => rows.map(({ revision }) => revision)
    expect(minutes(rowsAround(day, 12, 1))).toEqual([0, 10, 20])
    expect(minutes(rowsAround(day, -1, 1))).toEqual([0, 10])
    expect([minutes(rowsUpTo(day, 25)), minutes(rowsUpTo(day, -1))]).toEqual([[0, 10, 20], []])
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
