import { rarelyReached } from './reach'
import { block, blocksFrom, halfOfTheSuite, live } from './test-worlds'

/** The tests of half of the suite's worlds, beginning at a seed: that they hold, and that they come to everything. */
export const stormFrom = (first: number): void => {
  const reached = new Map<string, number>()

  it.each(blocksFrom(first, halfOfTheSuite / block))(
    'breaks no law and finishes everything, in ten worlds from seed %i',
    async (from) => {
      const lived = await live(from, block)
      for (const [name, worlds] of lived.reached) reached.set(name, (reached.get(name) ?? 0) + worlds)
      expect(lived.failures).toEqual([])
    },
    180_000,
  )

  it('comes to everything that it is there for, in these worlds', () => expect(rarelyReached(reached)).toEqual([]))
}
