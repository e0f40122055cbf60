import { keepAnswers } from './answers'
import { leadingInstrument, type Row, tellingRows } from './course'
import { addressOf, moved, type Place, pages, placeOf, turned } from './place'

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
  it('are asked for once, and those that failed again', async () => {
    const asked: string[] = []
    const answers = keepAnswers((async (question: string, { at }: { at: number }) => {
      asked.push(`${question} ${at}`)
      if (asked.length === 2) throw new Error('away')
      return { at }
    }) as never)
    const first = answers('summary', { at: 1 })
    expect(first.value).toEqual({ isWaiting: true })
    await Promise.resolve()
    expect(first.value).toEqual({ data: { at: 1 }, isWaiting: false })
    expect(answers('summary', { at: 1 })).toBe(first)
    const failed = answers('summary', { at: 2 })
    await new Promise((resolve) => setTimeout(resolve))
    expect(failed.value).toEqual({ isWaiting: false, why: 'away' })
    await Promise.resolve(answers('summary', { at: 2 }))
    expect(asked).toEqual(['summary 1', 'summary 2', 'summary 2'])
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

  it('is drawn for the instrument with the most prices', () => {
    expect(leadingInstrument([row(0, { B: '1' }), row(1, { A: '1', B: '1' })])).toBe('B')
    expect(leadingInstrument([row(0, { B: '1', A: '1' })])).toBe('A')
    expect(leadingInstrument([])).toBeUndefined()
  })
})
