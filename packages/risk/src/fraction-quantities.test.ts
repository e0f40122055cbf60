import { decimal, format, integer, one, ratio, whole, zero } from '@novation/decimal'
import type { Breach } from './breach'
import { fractionQuantities } from './fraction-quantities'
import type { TieredTerms } from './tiers'

const flat = (rate: string): TieredTerms => ({ tiers: [{ initial: decimal(rate), maintenance: decimal(rate) }] })

/** Ten at 100, of which 50 are the margin, with an equity of 40. */
const example: Breach = {
  equity: decimal('40'),
  aside: zero,
  kept: zero,
  discount: ratio(one, integer(4)),
  fee: zero,
  buffer: zero,
  dust: zero,
  places: 2,
  positions: [{ terms: flat('0.05'), held: decimal('10'), unitNotional: decimal('100'), lot: decimal('0.1') }],
}

describe('what a bid for a fraction closes of each position', () => {
  it('closes the largest margin first, and of equal ones the first', () => {
    const held = (...sizes: readonly string[]): Breach => ({
      ...example,
      positions: sizes.map((size) => ({
        terms: flat('0.05'),
        held: decimal(size),
        unitNotional: decimal('100'),
        lot: one,
      })),
    })
    expect(fractionQuantities(held('7', '3'), whole(one)).map(format)).toEqual(['4', '1'])
    expect(fractionQuantities(held('3', '3', '4'), whole(one)).map(format)).toEqual(['2', '1', '2'])
    expect(fractionQuantities(held('1', '5', '4'), whole(one)).map(format)).toEqual(['0', '3', '2'])
  })

  it('closes everything where only dust would stay, though less restores', () => {
    const dust = { ...example, dust: decimal('500.01') }
    expect(fractionQuantities(dust, whole(one)).map(format)).toEqual(['10'])
    expect(fractionQuantities(dust, ratio(integer(7), integer(10))).map(format)).toEqual(['7'])
  })
})
