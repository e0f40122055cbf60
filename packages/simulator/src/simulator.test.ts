import { runWorld } from './mesh/run-world'

const failures = async (from: number, count: number): Promise<readonly string[]> => {
  const found: string[] = []
  for (let seed = from; seed < from + count; seed += 1) {
    const { finding } = await runWorld({ seed })
    if (finding !== undefined)
      found.push(`npm run simulate -- --seeds=1 --from=${seed}: ${finding.check}: ${finding.what}`)
  }
  return found
}

describe('the mesh in a storm', () => {
  it.each(Array.from({ length: 5 }, (_, i) => 1 + 25 * i))(
    'breaks no law and finishes everything, in 25 worlds from seed %i',
    async (from) => {
      expect(await failures(from, 25)).toEqual([])
    },
    120_000,
  )

  it('is the same world for the same seed, to the last step', async () => {
    const [first, second] = [await runWorld({ seed: 7 }), await runWorld({ seed: 7 })]
    expect(second).toEqual(first)
    expect(first.events).toBeGreaterThan(50)
    expect((await runWorld({ seed: 8 })).head).not.toBe(first.head)
  }, 60_000)
})
