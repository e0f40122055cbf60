import { parseTime, type UnsignedQuote } from '@novation/events'
import { lyingBy, type Manner } from './liar'
import { madeSources } from './made-sources'
import type { MadeMarket } from './market'

const begins = Date.parse('2020-03-12T00:00:00Z')
const step_ms = 60_000
const rounds = 1_440

/** A price that falls by a third over the day. */
const market: MadeMarket = {
  seed: '1',
  quoted: [
    { base: 'BTC', currency: 'USD', places: 2 },
    { base: 'LINK', currency: 'USD', places: 5 },
  ],
  path: (base, at) => (base === 'BTC' ? 7_500 : 3.5) * (1 - (at - begins) / (rounds * step_ms) / 3),
  begins,
  ends: begins + rounds * step_ms,
  step_ms,
}

const times = Array.from({ length: rounds }, (_, round) => begins + round * step_ms)
const sources = madeSources(market, 7, 2)
const [steady, first] = sources.filter(({ isLiar }) => !isLiar)
const isNear = ({ base, at, price }: UnsignedQuote, share: number): boolean =>
  Math.abs(Number(price) / market.path(base, parseTime(at)) - 1) < share

describe('an honest made source', () => {
  const rounded = times.map((now) => [now, first?.says(now) ?? []] as const)
  const said = rounded.flatMap(([, quotes]) => quotes)

  it('says what the market was a moment ago, give or take what its books differ', () => {
    expect(said.length).toBeGreaterThan(2_400)
    expect(said.every((quote) => isNear(quote, 0.005))).toBe(true)
    for (const [now, quotes] of rounded)
      for (const { at } of quotes) {
        expect(parseTime(at)).toBeLessThanOrEqual(now)
        expect(parseTime(at)).toBeGreaterThan(now - step_ms / 2)
      }
  })

  it('says each thing of a later time than the one before', () => {
    const btc = said.filter(({ base }) => base === 'BTC').map(({ at }) => at)
    expect(new Set(btc).size).toBe(btc.length)
    expect([...btc].sort()).toEqual(btc)
  })

  it('is away now and then, but for the first of all', () => {
    const present = (says = steady?.says) => times.filter((now) => (says?.(now) ?? []).length > 0).length
    expect(present()).toBe(rounds)
    const others = sources.filter(({ isLiar }) => !isLiar).map(({ says }) => present(says))
    expect(others.some((count) => count < rounds)).toBe(true)
    expect(others.every((count) => count > rounds * 0.8)).toBe(true)
  })
})

describe('a made liar', () => {
  const since = begins + 600 * step_ms
  const lies = (manner: Manner, source = 'liar', at = since + 5 * step_ms) => lyingBy(market, source, manner, since)(at)

  it('shifts, spikes, freezes, repeats, falls silent, agrees with others, and signs two truths', () => {
    expect(lies('shift').some((quote) => isNear(quote, 0.01))).toBe(false)
    const spikes = times.slice(600, 660).flatMap((now) => lies('spike', 'liar', now))
    expect(spikes.filter((quote) => !isNear(quote, 0.01)).length).toBeGreaterThan(5)
    expect(spikes.filter((quote) => isNear(quote, 0.01)).length).toBeGreaterThan(50)
    expect(lies('freeze').map(({ price }) => price)).toEqual(lies('freeze', 'liar', since).map(({ price }) => price))
    expect(lies('repeat')).toEqual(lies('repeat', 'liar', since))
    expect(lies('silence')).toEqual([])
    const [one, other] = [lies('collude', 'one'), lies('collude', 'other')].map(([quote]) => Number(quote?.price))
    expect(Math.abs((one ?? 0) / (other ?? 1) - 1)).toBeLessThan(0.005)
    const [truth, second] = lies('two truths')
    expect([truth?.at, truth?.base]).toEqual([second?.at, second?.base])
    expect(truth?.price).not.toBe(second?.price)
  })

  it('lies in each of these ways within a day, and signs two truths near its end', () => {
    const liars = sources.filter(({ isLiar }) => isLiar)
    expect(liars.map(({ source }) => source)).toEqual(['source-6', 'source-7'])
    for (const { says } of liars) {
      const told = times.map((now) => says(now))
      expect(told.some((quotes) => quotes.length === 0)).toBe(true)
      expect(told.slice(0, 1_100).every((quotes) => quotes.length <= 2)).toBe(true)
      expect(told.at(-1)).toHaveLength(4)
    }
  })
})

describe('made sources', () => {
  it('say the same to whoever asks again, and another thing by another seed', () => {
    const say = (seed: string) => madeSources({ ...market, seed }, 7, 2).flatMap(({ says }) => says(times[700] ?? 0))
    expect(say('1')).toEqual(say('1'))
    expect(say('1')).not.toEqual(say('2'))
  })
})
