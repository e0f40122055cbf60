import { runWorld } from './mesh/run-world'

/** What was found in a world whose prices oracles carry, and how often something was heard in it. */
const heardIn = async (seed: number, signs: readonly RegExp[]) => {
  const counts = signs.map(() => 0)
  const trace = (line: string): void => {
    for (const [i, sign] of signs.entries()) if (sign.test(line)) counts[i] = (counts[i] ?? 0) + 1
  }
  const { finding } = await runWorld({ seed, traits: ['oracles', 'liars'], trace })
  return { finding, counts }
}

describe('oracles that carry what sources sign, and crash as anybody does', () => {
  it('change nothing but time, whoever lies, and leave nothing uncarried', async () => {
    const worlds: Awaited<ReturnType<typeof heardIn>>[] = []
    for (const seed of [1, 2])
      worlds.push(
        await heardIn(seed, [/-- oracle (one|two) (crashes|is told)/, /QuotesTaken by oracle/, /IndexTicked/]),
      )
    expect(worlds.map(({ finding }) => finding)).toEqual([undefined, undefined])
    const [crashed, carried, ticked] = [0, 1, 2].map((i) =>
      worlds.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0),
    )
    expect(crashed).toBeGreaterThan(1)
    expect(carried).toBeGreaterThan(20)
    expect(ticked).toBeGreaterThan(20)
  }, 180_000)
})
