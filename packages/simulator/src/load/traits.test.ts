import { diceOf } from '../engine/dice'
import { runWorld } from '../mesh/run-world'
import { live } from '../test-worlds'
import { type Trait, traitNames, traitsOf } from './traits'

/** What is heard of a world that has a trait, and of none other. */
const signs: Readonly<Record<Trait, RegExp>> = {
  shards: /margin 1\/2 starts/,
  together: /-- reactors starts/,
  collateral: /CollateralDeposited .*GOLD/,
  debits: /CollateralDeposited .*GOLD/,
  owners: /AccountOpened .*"owner":"(ann|ben)"/,
  pools: /side \d+ TradeCleared/,
  lines: /PriceTick .*"price":"\d+\.\d{3,}"/,
  crowd: /AccountOpened .*"w005"/,
  parts: /BulkStarted/,
  scaling: /InstrumentListed .*openInterestScaling/,
  multiplier: /InstrumentListed .*"multiplier":"(?!1")/,
  third: /InstrumentListed .*ALT-PERP/,
  spread: /PriceTick .*"instrument":"SPREAD",.*"price":"-\d/,
  isolated: /AccountOpened .*isolated/,
  bounded: /InstrumentListed .*"upTo":"(700|2500|6000)"/,
  memory: /PoolParametersSet .*"idempotency_s":\d\d[,}]/,
  extremes: /InstrumentListed .*"lot":"(\d{2,}|0\.000)/,
  creeping: /PriceTick .*"price":"\d+\.\d{5}/,
  poor: /CollateralDeposited .*"account":"backstop","amount":"(0\.01|5|40|150)"/,
  debtors: /AccountOpened .*"x5"/,
  pairs: /AccountOpened .*"x2"/,
  restarts: /PriceTick .*"price":"\d+\.\d{5}/,
  silence: /-- calm, and silence/,
  outages: /InstrumentListed .*"gap":"0\.(15|45)"/,
  holds: /PriceHeld/,
  halts: /InstrumentStateSet/,
  changes: /InstrumentParametersSet/,
  busts: /TradeBusted/,
  runs: /CommandRejected .*"held-back"/,
  dust: /CollateralDeposited .*DUST/,
  signed: /KeyRegistered .*"actor":"clock"/,
  thief: /KeyRegistered .*"actor":"trader:a/,
  sources: /IndexTicked .*"source-6"/,
  liars: /IndexTicked .*"liar-1"/,
  carrier: /QuotesTaken .*"why":"repeated"/,
  oracles: /-- oracle two starts/,
  options: /InstrumentListed .*"kind":"option"/,
  shuffled: /-- sent \{"(?!id")/,
  smiles: /TradeCleared .*"buyer":"n\d".*"seller":"r1"/,
  seconds: /"(ends|deadline)":"[^"]*\.000Z"/,
}

/** What a trait needs beside it, or it would seldom show, or not at all: pools freeze where somebody owes. */
const beside: Readonly<Partial<Record<Trait, readonly Trait[]>>> = { runs: ['debtors'], smiles: ['options'] }

/** Whether a trait is heard of in one of these worlds, which ends then. */
const isHeard = async (trait: Trait, worlds: number): Promise<boolean> => {
  let heard = false
  const trace = (line: string): void => {
    heard ||= signs[trait].test(line)
  }
  for (let seed = 1; seed <= worlds && !heard; seed += 1)
    await runWorld({ seed, traits: [trait, ...(beside[trait] ?? [])], trace, isEnough: () => heard })
  return heard
}

/** Of which traits something is heard in a world without any. */
const heardInPlain = async (seed: number): Promise<readonly Trait[]> => {
  const heard = new Set<Trait>()
  const trace = (line: string): void => {
    for (const trait of traitNames) if (signs[trait].test(line)) heard.add(trait)
  }
  await runWorld({ seed, traits: [], trace })
  return [...heard]
}

describe('a world with a trait', () => {
  it.each(traitNames)(
    'shows it: %s',
    async (trait) => {
      expect(await isHeard(trait, 20)).toBe(true)
    },
    180_000,
  )

  it('shows nothing of the kind without it', async () => {
    for (const seed of [1, 2, 3, 4, 5]) expect(await heardInPlain(seed)).toEqual([])
  }, 180_000)

  it('holds with all traits at once', async () => {
    expect((await live(1, 2, traitNames)).failures).toEqual([])
  }, 120_000)

  it('is drawn by its seed, each trait in some and none in others', () => {
    const drawn = Array.from({ length: 6_000 }, (_, seed) => traitsOf(diceOf(seed, 'traits')))
    for (const trait of traitNames) expect(drawn.some((traits) => traits.has(trait))).toBe(true)
    expect(drawn.some((traits) => traits.size <= 1)).toBe(true)
    expect(traitsOf(diceOf(1), ['crowd'])).toEqual(new Set(['crowd']))
  })
})
