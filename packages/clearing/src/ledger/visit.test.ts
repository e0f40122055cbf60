import { emptyPool, follow, judge, type Mark, rehearse, stateHash, visit, visitToRead } from '..'
import { crash, variety } from '../kit/histories'
import { traitsOf } from '../laws/taken-back'
import type { Book } from '../state/book'

const histories = { variety, crash }

/** The history in a book that is held, where it was after each event, and what a fold that stops there comes to. */
const held = (events: (typeof crash)['events']) => {
  const book = emptyPool('main')
  book.hold()
  const marks: Mark[] = []
  const traits: string[] = []
  const alone = emptyPool('main')
  for (const event of events) {
    void follow(book, event)
    marks.push(book.mark())
    void follow(alone, event)
    traits.push(traitsOf(judge(alone)))
  }
  return { book, marks, traits }
}

/** Every place, as far apart from one to the next as may be. */
const everywhere = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => (i % 2 === 0 ? count - 1 - i / 2 : (i - 1) / 2))

const at = (marks: readonly Mark[], place: number): Mark => {
  const mark = marks[place]
  if (mark === undefined) throw new RangeError('no such place')
  return mark
}

describe.each(Object.entries(histories))('a visit in %s', (_, { events }) => {
  const { book, marks, traits } = held(events)

  it('finds at every place what a fold up to there comes to, and leaves the book as it was', () => {
    const now = traitsOf(book)
    for (const place of everywhere(marks.length)) {
      expect(visit(book, at(marks, place), () => traitsOf(book))).toBe(traits[place])
      expect(traitsOf(book)).toBe(now)
    }
  })

  it('to read finds the same state, and leaves the book as it was', () => {
    const now = traitsOf(book)
    for (const place of everywhere(marks.length).filter((one) => one % 5 === 0)) {
      const hash = visit(book, at(marks, place), () => stateHash(book))
      expect(visitToRead(book, at(marks, place), () => stateHash(book))).toBe(hash)
      expect(traitsOf(book)).toBe(now)
    }
  })

  it('may go on to an earlier place, and rehearse there', () => {
    const now = traitsOf(book)
    const middle = Math.floor(marks.length / 2)
    const next = events[middle + 1]
    if (next === undefined) throw new RangeError('a longer history is needed')
    const found = visit(book, at(marks, middle), () => {
      const earlier = visit(book, at(marks, 3), () => traitsOf(book))
      const later = rehearse(book, () => traitsOf(judge(follow(book, next))))
      return [earlier, traitsOf(book), later]
    })
    expect(found).toEqual([traits[3], traits[middle], traits[middle + 1]])
    expect(traitsOf(book)).toBe(now)
  })

  it('comes back where the work throws', () => {
    const now = traitsOf(book)
    const fails = (): never => {
      throw new Error('on a visit')
    }
    expect(() => visit(book, at(marks, 2), fails)).toThrow('on a visit')
    expect(traitsOf(book)).toBe(now)
  })

  it('goes nowhere that is forgotten', () => {
    const forgetful: Book = held(events).book
    const early = marks[1]
    if (early === undefined) throw new RangeError('no such place')
    forgetful.forget(at(marks, 5))
    expect(() => visit(forgetful, early, () => undefined)).toThrow(RangeError)
    expect(visit(forgetful, at(marks, 5), () => traitsOf(forgetful))).toBe(traits[5])
  })
})
