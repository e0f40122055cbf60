import fc from 'fast-check'
import { Heap } from './heap'

const times = fc.array(fc.nat(20), { maxLength: 40 })
const heapOf = (ats: readonly number[]) => {
  const heap = new Heap<{ readonly at: number; readonly n: number }>()
  for (const [n, at] of ats.entries()) heap.push({ at, n })
  return heap
}

describe('a heap', () => {
  it('gives all that was put in, the earliest first, each once', () =>
    fc.assert(
      fc.property(times, (ats) => {
        const heap = heapOf(ats)
        const given: { readonly at: number; readonly n: number }[] = []
        for (let first = heap.first(); first !== undefined; first = heap.first()) {
          given.push(first)
          heap.dropFirst()
        }
        expect(given.map(({ at }) => at)).toEqual([...ats].sort((a, b) => a - b))
        expect(new Set(given.map(({ n }) => n)).size).toBe(ats.length)
      }),
    ))

  it('names all up to a time, each once, and keeps them, also after some have been taken', () =>
    fc.assert(
      fc.property(times, fc.nat(20), fc.nat(10), (ats, until, dropped) => {
        const heap = heapOf(ats)
        for (let i = 0; i < dropped; i += 1) heap.dropFirst()
        const left = [...ats].sort((a, b) => a - b).slice(dropped)
        const named = () => {
          const found: number[] = []
          heap.upTo(until, ({ at }) => found.push(at))
          return found.sort((a, b) => a - b)
        }
        expect(named()).toEqual(left.filter((at) => at <= until))
        expect(named()).toEqual(left.filter((at) => at <= until))
        expect(heap.first()?.at).toBe(left[0])
      }),
    ))

  it('has nothing where nothing was put in, and nothing to drop', () => {
    const heap = heapOf([])
    heap.dropFirst()
    expect(heap.first()).toBeUndefined()
  })
})
