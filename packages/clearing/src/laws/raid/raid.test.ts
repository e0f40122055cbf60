import { boundFor, fund, sizeShare } from './bound'
import { spoilsOf } from './play-raid'
import { known, knownWithOptions, search } from './search'

describe('an attacker with several accounts of one owner, a friend, a price and a coin that he may move', () => {
  it.each(known)('by what is known to hurt takes no more than the size that anybody may have ($market)', (raid) => {
    const { taken, haircuts } = spoilsOf(raid)
    expect(taken).toBeGreaterThan(1_000)
    expect(taken).toBeLessThanOrEqual(sizeShare * fund)
    expect(haircuts).toBe(0)
  })

  it.each(knownWithOptions)('nor by options beside', (raid) => {
    const { taken, owners } = spoilsOf(raid)
    expect(taken).toBeGreaterThan(1_000)
    expect(taken).toBeLessThanOrEqual(sizeShare * fund)
    expect(owners).toBe(1)
  })

  it('finds by trying no way to more than what the layers bear of one owner and one coin', () => {
    const [best] = search(12, 5)
    expect(best?.spoils.taken).toBeGreaterThanOrEqual(8_000)
    expect(best?.spoils.taken).toBeLessThanOrEqual(boundFor(best?.spoils.owners ?? 1))
  }, 60_000)
})
