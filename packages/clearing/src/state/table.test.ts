import fc from 'fast-check'
import { FewEntries } from './table'

const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const steps = fc.array(fc.oneof(fc.tuple(keys, fc.nat()), fc.tuple(keys)))

describe('a table of a few entries', () => {
  it('is what a map would be, in order of key, whatever comes and goes', () =>
    fc.assert(
      fc.property(steps, (taken) => {
        const [few, map] = [new FewEntries<number>(), new Map<string, number>()]
        for (const [key, value] of taken) {
          if (value === undefined) expect(few.delete(key)).toBe(map.delete(key))
          else {
            few.set(key, value)
            map.set(key, value)
          }
          const sorted = [...map].sort(([a], [b]) => (a < b ? -1 : 1))
          expect([...few]).toEqual(sorted)
          expect([few.keys(), few.values()]).toEqual([sorted.map(([each]) => each), sorted.map(([, each]) => each)])
          expect(few.size).toBe(map.size)
          for (const each of 'abcdef') expect([few.get(each), few.has(each)]).toEqual([map.get(each), map.has(each)])
        }
      }),
    ))

  it('is walked over as it was when the walk began', () => {
    const few = new FewEntries<number>()
    for (const key of 'abc') few.set(key, 1)
    const met: unknown[] = []
    for (const [key, value] of few) {
      for (const each of 'abc') few.set(each, 2)
      few.delete('b')
      met.push(key, value)
    }
    expect(met).toEqual(['a', 1, 'b', 1, 'c', 1])
  })
})
