import { decimal, one, ratio, zero } from '@novation/decimal'
import { restores, standingOf } from './breach'

const tiers = [{ initial: decimal('0.05'), maintenance: decimal('0.05') }]
const standing = standingOf({
  equity: decimal('80'),
  aside: zero,
  kept: zero,
  discount: ratio(zero, one),
  fee: zero,
  buffer: zero,
  dust: zero,
  places: 2,
  positions: [1, 2].map(() => ({ terms: { tiers }, held: decimal('10'), unitNotional: decimal('100'), lot: one })),
})

describe('restoring an account', () => {
  it('is asked of as much of each position as is to be closed', () => {
    expect(restores(standing, [decimal('10'), decimal('10')])).toBe(true)
    expect(restores(standing, [zero, zero])).toBe(false)
  })

  it('is not judged where a position is left out, or its margin', () => {
    const wrong = new RangeError('a position without a quantity to close')
    expect(() => restores(standing, [zero])).toThrow(wrong)
    expect(() => restores({ ...standing, margins: [] }, [zero, zero])).toThrow(wrong)
  })
})
