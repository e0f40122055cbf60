import { decimal } from '@novation/decimal'
import { halvedOf, isOff, type Score } from './scoring'

const off = (price: string, spread: string): boolean =>
  isOff(
    decimal(price),
    { index: decimal('20000'), spread: decimal(spread) },
    { off: decimal('0.005'), offSpreads: decimal('5') },
  )

describe('a source is off', () => {
  it('beyond a share of the index', () => {
    expect(off('20100', '0')).toBe(false)
    expect(off('20100.01', '0')).toBe(true)
    expect(off('19899.99', '0')).toBe(true)
  })
  it('and beyond what all of them differ', () => {
    expect(off('20200', '40')).toBe(false)
    expect(off('20200.01', '40')).toBe(true)
  })
})

const seven = (...faults: number[]): Score[] =>
  Array.from({ length: 7 }, (_, i) => ({ source: `s${i + 1}`, weight: 1, rounds: 100, off: faults[i] ?? 0 }))
const halved = (scores: Score[], quorum = 5, all = 100) => halvedOf(scores, all, { quorum, offShare: decimal('0.01') })

describe('whose weight is halved', () => {
  it('is who was off in more than so many rounds', () => expect(halved(seven(1, 2, 0, 90))).toEqual(['s2', 's4']))
  it('is of those the worst first, while the others still make the quorum', () =>
    expect(halved(seven(2, 4, 3, 90, 50), 6)).toEqual(['s4', 's5']))
  it('is nobody where that would stop the index', () => expect(halved(seven(100), 7)).toEqual([]))
  it('counts nobody as present who missed more than one round in a hundred', () => {
    const absent = seven(0, 0, 0, 0, 0, 90).map((score, i) => (i < 2 ? { ...score, rounds: 98 } : score))
    expect(halved(absent)).toEqual([])
    expect(halved(absent, 4)).toEqual(['s6'])
  })
  it('may be an absent one too, at no cost to the quorum', () =>
    expect(
      halved(
        seven(0, 0, 0, 0, 0, 0, 50).map((s, i) => (i === 6 ? { ...s, rounds: 90 } : s)),
        6,
      ),
    ).toEqual(['s7']))
  it('is by the share of its own rounds', () =>
    expect(halved([...seven(3, 3).slice(1), { source: 's1', weight: 1, rounds: 4, off: 3 }], 6)).toEqual(['s1']))
})
