import { randomOf } from './random'

const many = (seed: number, count: number) => {
  const random = randomOf(seed)
  return Array.from({ length: count }, () => random.next())
}

describe('made random numbers', () => {
  it('are the same for the same seed, on every machine', () => {
    expect(many(1, 3)).toEqual(many(1, 3))
    expect(many(1, 3).map((number) => number * 2 ** 32)).toEqual([2026416846, 1661539736, 2729060721])
  })

  it('differ between seeds that differ in any bit', () => {
    const firsts = [0, 1, 2, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 52].map((seed) => many(seed, 1)[0])
    expect(new Set(firsts).size).toBe(firsts.length)
  })

  it('are even between 0 and 1', () => {
    const numbers = many(7, 20_000)
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers)).toBeLessThan(1)
    for (let tenth = 0; tenth < 10; tenth += 1)
      expect(numbers.filter((number) => Math.floor(number * 10) === tenth).length).toBeGreaterThan(1_800)
  })

  it('are about normal where that is asked for', () => {
    const random = randomOf(7)
    const numbers = Array.from({ length: 20_000 }, () => random.normal())
    const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length
    const variance = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length
    expect(Math.abs(mean)).toBeLessThan(0.03)
    expect(Math.abs(variance - 1)).toBeLessThan(0.05)
  })
})
