import { quotedMarket, walksFind } from './kit/walks'

describe('walks of index, forward, surface, time and the price of a perpetual', () => {
  it('leave every portfolio standing where a look at it finds it, after each step', () => walksFind(8))

  it('and so beside the slow price of an index', () => walksFind(4, false, quotedMarket))
})
