import { told, tryWorld } from './worlds'

/** The same worlds in every run; other worlds, and thousands of them, are for `npm run laws`. */
const seeds = Array.from({ length: 120 }, (_, i) => i + 1)

describe('in every random world', () => {
  it('each append keeps every law, nothing is left undone, and history read or decided again is the same', () => {
    for (const seed of seeds) {
      const failure = tryWorld(seed)
      if (failure !== undefined) throw new Error(told(failure))
    }
  })
})
