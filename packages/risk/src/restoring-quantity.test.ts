import { type Decimal, decimal, format, integer, one, ratio, zero } from '@novation/decimal'
import type { Breach, OpenPosition } from './breach'
import { restoringQuantity } from './restoring-quantity'
import type { TieredTerms } from './tiers'

const flat = (rate: string): TieredTerms => ({ tiers: [{ initial: decimal(rate), maintenance: decimal(rate) }] })
const steep: TieredTerms = {
  tiers: [
    { upTo: decimal('500'), initial: decimal('0.02'), maintenance: decimal('0.02') },
    { initial: decimal('0.08'), maintenance: decimal('0.08') },
  ],
}

const position = (terms: TieredTerms, held: string): OpenPosition => ({
  terms,
  held: decimal(held),
  unitNotional: decimal('100'),
  lot: decimal('0.000000001'),
})

/** Ten at 100, of which 50 are the margin; an auction that gives a bidder three quarters. No rounding to speak of. */
const breach: Breach = {
  equity: decimal('40'),
  aside: zero,
  kept: zero,
  discount: ratio(one, integer(4)),
  fee: zero,
  buffer: zero,
  dust: zero,
  places: 15,
  positions: [position(flat('0.05'), '10')],
}

/** What is closed of one position, and how many quantities were tried for it: each looks once at what is held. */
const found = (more: Partial<Breach>, index = 0): readonly [closed: string, tried: number] => {
  let looks = 0
  const { positions, ...rest } = { ...breach, ...more }
  const watched = positions.map((each, i) =>
    i === index
      ? {
          ...each,
          get held(): Decimal {
            looks += 1
            return each.held
          },
        }
      : each,
  )
  const closed = format(restoringQuantity({ ...rest, positions: watched }, index))
  return [closed, looks - 3]
}

describe('the exact mathematics of restoring by one position', () => {
  it.each<[string, Partial<Breach>, string, number]>([
    // 40 - 30f = 50(1 - f); a billion lots a unit, and the first one tried is right.
    ['the payment', {}, '5', 2],
    // 40 - 35f = 50(1 - f)
    ['the charge', { fee: decimal('0.005') }, '6.666666667', 2],
    // The charge is at most what the account keeps of the value, 8: 40 - 32f = 50(1 - f).
    [
      'a charge that is more than what is kept',
      { fee: decimal('0.03'), kept: decimal('8'), discount: ratio(integer(2), integer(5)) },
      '5.555555556',
      2,
    ],
    // 40 - 30f = 60(1 - f)
    ['the buffer', { buffer: decimal('0.2') }, '6.666666667', 2],
    // MM 50: need 40; the upper 500 bring 36.25, each 100 below 1.25.
    ['two tiers', { equity: decimal('10'), positions: [position(steep, '10')] }, '8', 2],
    // Need 30, and the upper 500 bring just that: below, closing costs what it frees.
    [
      'a tier to its bound',
      { equity: decimal('20'), discount: ratio(zero, one), positions: [position(steep, '10')] },
      '5',
      2,
    ],
    // Need 31: 30.5 of the upper tier and the whole 0.5 of the lower.
    [
      'all tiers to the end',
      { equity: decimal('19'), discount: ratio(zero, one), positions: [position(steep, '10')] },
      '10',
      2,
    ],
    // Another one needs as much: need 40; the upper 500 bring 25, and each below costs 3 and frees 2.
    [
      'a tier whose closing costs more than it frees, where nothing is tried',
      {
        equity: decimal('60'),
        discount: ratio(zero, one),
        positions: [position(steep, '10'), position(flat('0.05'), '10')],
      },
      '10',
      0,
    ],
    ['an account at zero', { equity: zero }, '10', 2],
    ['an account below zero, without a search', { equity: decimal('-0.000000000000001') }, '10', 0],
    ['an account that stands just at its buffer', { equity: decimal('50') }, '0', 0],
  ])('sees %s', (_, more, closed, tried) => {
    expect(found(more)).toEqual([closed, tried])
  })

  it('takes the cost of each position by its margin, and what each frees by its own rate', () => {
    // MM 50 and 40, equity 80: need 10. The first costs 33.33 and frees 50, the second costs 26.67 and frees 40.
    const two = { equity: decimal('80'), positions: [position(flat('0.05'), '10'), position(flat('0.02'), '20')] }
    expect(found(two, 0)).toEqual(['6', 2])
    expect(found(two, 1)).toEqual(['15', 2])
  })

  it('is of a position that is there', () =>
    expect(() => restoringQuantity(breach, 1)).toThrow(new RangeError('no position 1')))
})
