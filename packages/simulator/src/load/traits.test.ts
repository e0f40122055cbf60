import { diceOf } from '../engine/dice'
import { runWorld } from '../mesh/run-world'
import { failuresIn } from '../test-worlds'
import { type Trait, traitNames, traitsOf } from './traits'

/** What is heard of a world that has a trait, and of none other. */
const signs: Readonly<Record<Trait, RegExp>> = {
  shards: /margin 1\/2 starts/,
  collateral: /CollateralDeposited .*GOLD/,
  pools: /side \d+ TradeCleared/,
  lines: /PriceTick .*"price":"\d+\.\d{3,}"/,
  crowd: /BulkStarted/,
}

const isHeard = async (sign: RegExp, traits: readonly Trait[]): Promise<boolean> => {
  for (let seed = 1; seed <= 3; seed += 1) {
    const lines: string[] = []
    await runWorld({ seed, traits, trace: (line) => lines.push(line) })
    if (lines.some((line) => sign.test(line))) return true
  }
  return false
}

describe('a world with a trait', () => {
  it.each(traitNames)(
    'shows it, and without it does not: %s',
    async (trait) => {
      expect(await isHeard(signs[trait], [trait])).toBe(true)
      expect(await isHeard(signs[trait], [])).toBe(false)
    },
    60_000,
  )

  it('holds with all traits at once', async () => {
    expect(await failuresIn(1, 2, traitNames)).toEqual([])
  }, 120_000)

  it('is drawn by its seed, each trait in some and none in others', () => {
    const drawn = Array.from({ length: 2_000 }, (_, seed) => traitsOf(diceOf(seed, 'traits')))
    for (const trait of traitNames) expect(drawn.some((traits) => traits.has(trait))).toBe(true)
    expect(drawn.some((traits) => traits.size === 0)).toBe(true)
    expect(traitsOf(diceOf(1), ['crowd'])).toEqual(new Set(['crowd']))
  })
})
