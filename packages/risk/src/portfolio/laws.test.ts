import { laws } from './kit/laws'

/** In short what `npm run laws:portfolio -- --portfolios=10000` does at length. */
describe('of every portfolio', () => {
  it.each(Object.entries(laws))('%s', (_, draw) => draw(40))
})
