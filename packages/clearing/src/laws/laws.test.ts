import { live } from './live'
import { type Reach, reachedIn, reaches } from './reached'
import { told, tryWorld } from './worlds'

/** The same worlds in every run; other worlds, and thousands of them, are for `npm run laws`. */
const seeds = Array.from({ length: 160 }, (_, i) => i + 1)

/** In how many percent of these worlds something must come to pass, lest they grow tame unseen; all else in one percent. */
const often: { readonly [R in Reach]?: number } = {
  'a liquidation': 50,
  'a freeze': 30,
  'a deleveraging': 30,
  'a draw on a prefunded layer': 35,
  'a debit that was called': 15,
  'coins sold for a debit': 8,
  'a coin sold': 10,
  'a haircut': 25,
  'an account that falls below zero in its auction': 10,
  'the backstop': 10,
  'two steps of one default': 5,
  // Less than before a twelfth of the worlds came to trade options, in which few are deleveraged at once.
  'a deleveraging in parts': 4,
  'a loss in parts': 5,
  'a settlement in parts': 5,
  'debtors of different age': 3,
  'a loss that has waited its window': 3,
  // Options are in every twelfth world, for such worlds are dear.
  'an option that is dealt in': 5,
  'options settled': 3,
  'an option sold by a liquidation': 0.6,
  'an option that is deleveraged': 0.6,
  'a hedge that relieves nobody': 0.6,
  'a surface that is refused': 0.6,
  'profit and loss made cash in parts': 0.6,
  'options settled in parts': 0.6,
  'gains taken out too soon': 0.6,
}

describe('in every random world', () => {
  const worlds = new Map<Reach, number>()

  it('each append keeps every law, nothing is left undone, and history read or decided again is the same', () => {
    for (const seed of seeds) {
      const failure = tryWorld(seed, (world) => {
        for (const reach of reachedIn(live(world))) worlds.set(reach, (worlds.get(reach) ?? 0) + 1)
      })
      if (failure !== undefined) throw new Error(told(failure))
    }
  })

  it.each(reaches)('there are worlds enough that come to %s', (reach) =>
    expect((100 * (worlds.get(reach) ?? 0)) / seeds.length).toBeGreaterThanOrEqual(often[reach] ?? 1),
  )
})
