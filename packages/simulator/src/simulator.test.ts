import { runWorld } from './mesh/run-world'
import { stormFrom } from './test-storm'

describe('the mesh in a storm', () => {
  stormFrom(1)

  it('is the same world for the same seed, to the last step', async () => {
    const [first, second] = [await runWorld({ seed: 7 }), await runWorld({ seed: 7 })]
    expect(second).toEqual(first)
    expect(first.events).toBeGreaterThan(50)
    expect((await runWorld({ seed: 8 })).head).not.toBe(first.head)
  }, 60_000)
})
