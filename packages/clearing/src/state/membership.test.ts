import fc from 'fast-check'
import { FewMembers } from './membership'

const steps = fc.array(fc.tuple(fc.boolean(), fc.constantFrom('a', 'b', 'c')))

describe('a set of mostly one', () => {
  it('has what any set has, in the order in which it came', () =>
    fc.assert(
      fc.property(steps, (taken) => {
        const [few, set] = [new FewMembers<string>(), new Set<string>()]
        for (const [comes, member] of taken) {
          if (comes) {
            few.add(member)
            set.add(member)
          } else expect(few.delete(member)).toBe(set.delete(member))
          expect([...few]).toEqual([...set])
          expect(few.size).toBe(set.size)
          for (const each of 'abcd') expect(few.has(each)).toBe(set.has(each))
        }
      }),
    ))
})
