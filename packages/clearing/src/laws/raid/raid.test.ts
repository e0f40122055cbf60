import { friend } from './acts'
import { boundFor, fund, ownerShare, sizeShare } from './bound'
import { spoilsOf } from './play-raid'
import { known, knownWithOptions, search } from './search'

describe('an attacker with several accounts of one owner, a friend, a price and a coin that he may move', () => {
  it.each(known)('by what is known to hurt takes no more than the size that anybody may have ($market)', (raid) => {
    const { taken, haircuts } = spoilsOf(raid)
    expect(taken).toBeGreaterThan(1_000)
    expect(taken).toBeLessThanOrEqual(sizeShare * fund)
    expect(haircuts).toBe(0)
  })

  it.each([...known, ...knownWithOptions])(
    'is paid for by the layers under each cap, and no further ($market)',
    (raid) => {
      const { terms, taken } = spoilsOf(raid)
      expect(terms.map(({ of }) => of)).toContain('owner x')
      for (const { paid, cap } of terms) expect(paid).toBeLessThanOrEqual(cap)
      const owners = terms.filter(({ of }) => of.startsWith('owner ') || of.startsWith('coin '))
      expect(taken).toBeLessThanOrEqual(owners.reduce((sum, { cap }) => sum + cap, 0))
    },
  )

  it('takes what layers and others lose, and of others nothing that is taken of a friend’s own profit', () => {
    // Twice what it is worth, and then less than it is: further than the jump that sizes reckon with.
    const { taken, layers, haircuts } = spoilsOf({
      market: 'BTC-PERP',
      acts: [
        { do: 'pay', into: 'x1', coins: false, amount: 10_000 },
        { do: 'pay', into: friend, coins: false, amount: 10_000 },
        { do: 'push', by: 1 },
        { do: 'trade', between: ['x1', friend], share: 3, off: 0 },
        { do: 'push', by: -0.3 },
        { do: 'wait', minutes: 70 },
      ],
    })
    expect(layers).toBe(ownerShare * fund)
    expect(haircuts).toBeGreaterThan(0)
    expect(taken).toBeCloseTo(layers + haircuts, 1)
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
