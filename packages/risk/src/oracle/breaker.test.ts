import { decimal, format } from '@novation/decimal'
import { type Band, type Candidate, confirmIn_ms, judgeRound } from './breaker'
import type { Quoted } from './round'

const terms = { quorum: 2, places: 2, deviation: decimal('0.05'), confirm_ms: 3000, confirmMost_ms: 300_000 }
const last = { price: decimal('100'), observedAt: 0 }
const held = (price: string, observedAt: number): Candidate => ({ price: decimal(price), observedAt, why: 'deviation' })
/** Three sources; a price and when it was observed. */
const said = (...quotes: (readonly [price: string, at: number])[]): Quoted[] =>
  quotes.map(([price, at], i) => ({ source: `s${i}`, halves: 2, price: decimal(price), at, confidence: decimal('0') }))
const all = (price: string, at: number) => said([price, at], [price, at], [price, at])
const verdict = (quotes: Quoted[], before: Parameters<typeof judgeRound>[2] = { last }, band?: Band): string => {
  const came = judgeRound(quotes, terms, before, band)
  if (came.is === 'ticked') return `ticked ${format(came.round.price)} of ${came.round.sources.join(' ')}`
  return came.is === 'held' ? `held ${format(came.candidate.price)} ${came.candidate.why}` : came.is
}

describe('the breaker', () => {
  it('believes a price within the deviation of the last one, and holds one beyond', () => {
    expect(verdict(all('105', 1000))).toBe('ticked 105 of s0 s1 s2')
    expect(verdict(all('95', 1000))).toBe('ticked 95 of s0 s1 s2')
    expect(verdict(all('105.01', 1000))).toBe('held 105.01 deviation')
    expect(verdict(all('94.99', 1000))).toBe('held 94.99 deviation')
  })

  it('believes the first price, with nothing to hold it against', () =>
    expect(verdict(all('7', 0), {})).toBe('ticked 7 of s0 s1 s2'))

  it('makes no price of quotes that are older than the last one, or too few', () => {
    expect(verdict(all('100', -1))).toBe('silent')
    expect(verdict(all('100', 0))).toBe('ticked 100 of s0 s1 s2')
    expect(verdict(said(['100', 1]))).toBe('silent')
    expect(verdict([])).toBe('silent')
  })

  it('takes what is held once newer quotes say it again long enough after', () => {
    const before = { last, held: held('108', 1000) }
    expect(verdict(all('109', 3999), before)).toBe('still-held')
    expect(verdict(all('109', 4000), before)).toBe('ticked 109 of s0 s1 s2')
    expect(verdict(all('114', 4000), before)).toBe('held 114 deviation')
  })

  it('asks for a quorum of newer quotes, and takes what those come to', () => {
    const before = { last, held: held('108', 1000) }
    expect(verdict(said(['108', 1000], ['108', 1000], ['108', 9000]), before)).toBe('still-held')
    expect(verdict(said(['108', 1000], ['109', 9000], ['109', 9000]), before)).toBe('ticked 109 of s1 s2')
  })

  it('ends a hold with a price that is near the last one', () =>
    expect(verdict(all('101', 1001), { last, held: held('108', 1000) })).toBe('ticked 101 of s0 s1 s2'))

  it('holds outside its band until inside, and never says a price at its edge', () => {
    const band = { low: decimal('90'), high: decimal('102') }
    expect(verdict(all('103', 1000), { last }, band)).toBe('held 103 band')
    expect(verdict(all('103', 1000), {}, band)).toBe('held 103 band')
    expect(verdict(all('103', 900_000), { last, held: held('103', 1000) }, band)).toBe('still-held')
    expect(verdict(all('102', 2000), { last, held: held('103', 1000) }, band)).toBe('ticked 102 of s0 s1 s2')
    expect(verdict(all('100', 1000), { last }, 'unknown')).toBe('held 100 band')
  })

  it('asks what is confirmed to be inside the band too', () => {
    const before = { last, held: held('108', 1000) }
    expect(verdict(all('108', 9000), before, { low: decimal('90'), high: decimal('107') })).toBe('still-held')
    expect(verdict(all('108', 9000), before, { low: decimal('90'), high: decimal('108') })).toBe(
      'ticked 108 of s0 s1 s2',
    )
  })
})

describe('how long a price must stand', () => {
  it.each([
    ['100', 3000],
    ['105.01', 3000],
    ['109.99', 3000],
    ['110', 6000],
    ['81', 9000],
    ['1', 57_000],
    ['100000000000000000', 300_000],
  ])('at %s it is %i ms', (price, ms) => expect(confirmIn_ms(decimal(price), decimal('100'), terms)).toBe(ms))

  it('is the least where there was none before', () => expect(confirmIn_ms(decimal('5'), undefined, terms)).toBe(3000))
})
