import fc from 'fast-check'
import { InstantText, TimeText } from './text'
import { formatTime, isTime, parseTime } from './time'

/** The proleptic Gregorian calendar, spelt out. */
const daysIn = (year: number, month: number): number => {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}
const padded = (n: number, width: number): string => String(n).padStart(width, '0')

describe('times', () => {
  it('name a day that exists, in every year a command may name', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9999 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (year, month, day) => {
          const text = `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}T00:00:00Z`
          const exists = day >= 1 && day <= daysIn(year, month)
          expect(InstantText.is(text)).toBe(exists)
          expect(TimeText.is(text)).toBe(exists && year >= 1000 && year <= 2999)
        },
      ),
      { numRuns: 2000 },
    ))

  it('know the leap years of every century', () => {
    for (let year = 0; year <= 9999; year += 1) {
      expect([year, InstantText.is(`${padded(year, 4)}-02-29T00:00:00Z`)]).toEqual([year, daysIn(year, 2) === 29])
      expect([year, TimeText.is(`${padded(year, 4)}-02-29T00:00:00Z`)]).toEqual([
        year,
        daysIn(year, 2) === 29 && year >= 1000 && year <= 2999,
      ])
    }
    expect(TimeText.is('1900-02-29T00:00:00Z')).toBe(false)
    expect(TimeText.is('2000-02-29T00:00:00Z')).toBe(true)
  })

  it.each([
    '2020-03-12',
    '2020-03-12T10:00:00',
    '2020-03-12 10:00:00Z',
    '2020-03-12T24:00:00Z',
    '2020-03-12T10:60:00Z',
    '2016-12-31T23:59:60Z',
    '2020-03-12T10:00:00+24:00',
    '2020-03-12T10:00:00.Z',
    '2020-03-12T10:00:00.1234567890Z',
    '2020-3-12T10:00:00Z',
    '+010000-01-01T00:00:00.000Z',
    'Mar 3 2020',
    '',
  ])('are not %p', (text) => {
    expect(isTime(text)).toBe(false)
    expect(() => parseTime(text)).toThrow(RangeError)
  })

  it('are written as toISOString has them', () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
        (date) => {
          expect(formatTime(date.getTime())).toBe(date.toISOString())
        },
      ),
      { numRuns: 2000 },
    ))

  it('are the same instant however they are read', () =>
    fc.assert(
      fc.property(fc.stringMatching(InstantText.pattern), fc.date({ noInvalidDate: true }), (text, date) => {
        expect(parseTime(text)).toBe(Date.parse(text))
        const written = date.toISOString()
        if (isTime(written)) expect(parseTime(written)).toBe(date.getTime())
      }),
      { numRuns: 2000 },
    ))

  it('may have an offset', () => expect(parseTime('2020-03-12T10:00:00+02:30')).toBe(parseTime('2020-03-12T07:30:00Z')))

  it('lose what is finer than a millisecond', () =>
    expect(formatTime(parseTime('2020-03-12T10:00:00.123999999Z'))).toBe('2020-03-12T10:00:00.123Z'))

  it('are written in one way, and read back as the same instant', () =>
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1000), max: Date.UTC(9999) }), (ms) => parseTime(formatTime(ms)) === ms),
    ))

  it('of a fifth digit cannot be written, since they could not be read', () =>
    expect(() => formatTime(Date.UTC(10_000))).toThrow(RangeError))

  it('of a command leave room for every due time that can follow', () =>
    fc.assert(
      fc.property(fc.stringMatching(TimeText.pattern), fc.integer({ min: 0, max: 315_360_000 }), (text, seconds) =>
        isTime(formatTime(parseTime(text) + seconds * 1000)),
      ),
    ))
})
