import { kept } from './kept'
import { live } from './live'

describe('in a world that was kept, it does not happen that', () => {
  it.each(Object.entries(kept))('%s', (_, world) => expect(live(world).length).toBeGreaterThan(0))
})
