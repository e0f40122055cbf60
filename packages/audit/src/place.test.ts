import { end, isAfter, isBefore, type Place, start } from './place'

const noon = '2020-03-12T12:00:00.000Z'
const event = (revision: number, at = noon) => ({ revision, at })
const at = (revision: number): Place => ({ tag: 'revision', revision })
const time = (ms: number): Place => ({ tag: 'time', at: Date.parse(noon) + ms })

describe('a place in a history', () => {
  it.each<[string, Place, number, boolean, boolean]>([
    ['the first event is at the start', start, 0, false, false],
    ['any other is after it', start, 1, false, true],
    ['the end has nothing after it, and everything before', end, 7, true, false],
    ['a revision is at itself', at(5), 5, false, false],
    ['the one before is before it', at(5), 4, true, false],
    ['the one after is after it', at(5), 6, false, true],
    ['an event is at its time', time(0), 5, false, false],
    ['earlier than a later time', time(1), 5, true, false],
    ['later than an earlier one', time(-1), 5, false, true],
  ])('%s', (_, place, revision, before, after) => {
    expect(isBefore(place, event(revision))).toBe(before)
    expect(isAfter(place, event(revision))).toBe(after)
  })
})
