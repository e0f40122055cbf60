import { runWorld } from './mesh/run-world'
import { block, blocksFrom, failuresIn } from './test-worlds'

describe('the mesh in a storm', () => {
  it.each(blocksFrom(1, 25))(
    'breaks no law and finishes everything, in ten worlds from seed %i',
    async (from) => {
      expect(await failuresIn(from, block)).toEqual([])
    },
    180_000,
  )

  it('is the same world for the same seed, to the last step', async () => {
    const [first, second] = [await runWorld({ seed: 7 }), await runWorld({ seed: 7 })]
    expect(second).toEqual(first)
    expect(first.events).toBeGreaterThan(50)
    expect((await runWorld({ seed: 8 })).head).not.toBe(first.head)
  }, 60_000)
})
