import { leastOf } from './least-of'

/** Numbers that look drawn, and are the same each time. */
const drawn = (count: number): readonly number[] => {
  const numbers = [1]
  while (numbers.length < count) numbers.push(((numbers.at(-1) ?? 0) * 48_271) % 2_147_483_647)
  return numbers
}

describe('the least of a set that somebody else keeps', () => {
  it('is that of all who are there, whoever joins, leaves, and joins again', () => {
    const there = new Set<string>()
    const told = leastOf()
    for (const number of drawn(5_000)) {
      const id = `a${number % 30}`
      if (number % 7 < 3) {
        there.add(id)
        told.add(id)
      } else there.delete(id)
      expect(told.least((each) => there.has(each))).toBe([...there].sort()[0])
    }
  })

  it('is nobody where nobody is there', () => {
    const told = leastOf()
    expect(told.least(() => true)).toBeUndefined()
    told.add('a')
    expect(told.least(() => false)).toBeUndefined()
  })
})
