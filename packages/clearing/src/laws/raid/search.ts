import { type Act, type Anybody, friend, type Raid, raiders, type Series, series } from './acts'
import { type Spoils, spoilsOf } from './play-raid'

/** Numbers from a seed, the same everywhere (mulberry32). */
const diceOf = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const accounts: readonly Anybody[] = [...raiders, friend]
const all: Act['do'][] = ['push', 'pump', 'trade', 'trade', 'trade', 'close', 'pay', 'pay', 'take', 'bid', 'wait']
const withOptions: typeof all = [...all, 'trade', 'close', 'settle']

const actBy = (dice: () => number, options: boolean): Act => {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(dice() * from.length)] as T
  const two = (): readonly [Anybody, Anybody] => {
    const one = pick(accounts)
    return [one, pick(accounts.filter((id) => id !== one))]
  }
  const of = (): { readonly of?: Series } => (options && dice() < 0.7 ? { of: pick(series) } : {})
  const what = pick(options ? withOptions : all)
  switch (what) {
    case 'push':
      return { do: what, by: pick([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]) }
    case 'pump':
      return { do: what, to: pick([0.1, 0.5, 1, 2, 5, 10]) }
    case 'trade':
      return { do: what, between: two(), share: pick([0.05, 0.1, 0.3, 1, 3]), off: pick([-0.05, 0, 0.05]), ...of() }
    case 'close':
      return { do: what, between: two(), off: pick([-0.05, 0, 0.05]), ...of() }
    case 'settle':
      return { do: what }
    case 'pay':
      return { do: what, into: pick(accounts), coins: dice() < 0.5, amount: pick([100, 500, 2_000, 10_000]) }
    case 'take':
      return { do: what, from: pick(accounts), coins: dice() < 0.3, share: pick([0.3, 1]) }
    case 'bid':
      return { do: what, by: pick(accounts), share: pick([0.2, 1]) }
    case 'wait':
      return { do: what, minutes: pick([1, 15, 70, 1_500]) }
  }
}

/** What is known to hurt: a coin bid up ten times, borrowed on, and what was borrowed lost to a friend; and one jump. */
export const known: readonly Raid[] = (['BTC-PERP', 'SPREAD'] as const).flatMap((market): readonly Raid[] => [
  {
    market,
    acts: [
      { do: 'pay', into: 'x1', coins: true, amount: 200 },
      { do: 'pay', into: friend, coins: false, amount: 10_000 },
      { do: 'pump', to: 10 },
      ...Array.from({ length: 6 }, (): readonly Act[] => [
        { do: 'trade', between: ['x1', friend], share: 1, off: 0.05 },
        { do: 'close', between: [friend, 'x1'], off: -0.05 },
      ]).flat(),
      { do: 'wait', minutes: 1_500 },
      { do: 'take', from: friend, coins: false, share: 1 },
    ],
  },
  {
    market,
    acts: [
      { do: 'pay', into: 'x1', coins: false, amount: 10_000 },
      { do: 'pay', into: friend, coins: false, amount: 10_000 },
      { do: 'trade', between: ['x1', friend], share: 1, off: 0 },
      { do: 'push', by: -0.3 },
      { do: 'wait', minutes: 70 },
      { do: 'take', from: friend, coins: false, share: 1 },
    ],
  },
])

const once = (between: readonly [Anybody, Anybody], of: Series): Act => ({ do: 'trade', between, share: 3, off: 0, of })

/** The same with options: one jump against who has sold calls, or puts, and trades far from nothing that cost next to nothing. */
export const knownWithOptions: readonly Raid[] = [
  ...known.filter(({ market }) => market === 'BTC-PERP').map((raid): Raid => ({ ...raid, options: true })),
  ...([0.3, -0.3] as const).map(
    (by): Raid => ({
      market: 'BTC-PERP',
      options: true,
      acts: [
        { do: 'pay', into: 'x2', coins: false, amount: 10_000 },
        { do: 'pay', into: friend, coins: false, amount: 10_000 },
        once([friend, 'x2'], by > 0 ? 'CALL' : 'PUT'),
        { do: 'push', by },
        { do: 'settle' },
        { do: 'wait', minutes: 70 },
        { do: 'take', from: friend, coins: false, share: 1 },
      ],
    }),
  ),
]

/** Another raid like it: something more, something less, something else. */
const changed = ({ acts, ...raid }: Raid, dice: () => number): Raid => {
  const at = Math.floor(dice() * (acts.length + 1))
  const roll = dice()
  const gone = roll < 0.4 ? 0 : 1
  const more = roll < 0.7 ? [actBy(dice, raid.options === true)] : []
  return { ...raid, acts: [...acts.slice(0, at), ...more, ...acts.slice(at + gone)].slice(0, 24) }
}

export interface Find {
  readonly raid: Raid
  readonly spoils: Spoils
}

/** The best that so many tries find, from what is known to hurt, always going on from one of the best. */
export const search = (tries: number, seed: number, options = false): readonly Find[] => {
  const dice = diceOf(seed)
  let best: readonly Find[] = (options ? knownWithOptions : known).map((raid) => ({ raid, spoils: spoilsOf(raid) }))
  for (let tried = 0; tried < tries; tried += 1) {
    const from = best[Math.floor(dice() ** 2 * best.length)]
    if (from === undefined) break
    let raid = changed(from.raid, dice)
    while (dice() < 0.5) raid = changed(raid, dice)
    best = [...best, { raid, spoils: spoilsOf(raid) }].sort((a, b) => b.spoils.taken - a.spoils.taken).slice(0, 12)
  }
  return best
}
