import { compareRatios, type Decimal, decimal, integer, one, type Ratio, ratio, zero } from '@novation/decimal'
import type { Breach, OpenPosition } from './breach'
import { restoringFraction } from './restoring-fraction'

const rate = (maintenance: string) => ({ initial: decimal(maintenance), maintenance: decimal(maintenance) })

/** A thousand of notional, in tiers of a lower and an upper rate, or at one. */
const position = (upper: string, lower = upper, upTo = '500'): OpenPosition => ({
  terms: { tiers: [{ ...rate(lower), upTo: decimal(upTo) }, rate(upper)] },
  held: decimal('10'),
  unitNotional: decimal('100'),
  lot: decimal('0.1'),
})

const quarter = ratio(one, integer(4))
const nothing = ratio(zero, one)

const breach: Breach = {
  equity: decimal('40'),
  aside: zero,
  kept: zero,
  discount: quarter,
  fee: zero,
  buffer: zero,
  dust: zero,
  places: 2,
  positions: [position('0.05')],
}

const parts = (numerator: string, denominator: string): Ratio => ratio(decimal(numerator), decimal(denominator))
const equity = (amount: string): { readonly equity: Decimal } => ({ equity: decimal(amount) })

describe('the largest fraction that a bid may close', () => {
  it.each<[string, Partial<Breach>, Ratio]>([
    ['the payment: 40 - 30f = 50 - 50f', {}, parts('1', '2')],
    ['the charge: 40 - 35f = 50 - 50f', { fee: decimal('0.005') }, parts('2', '3')],
    [
      'a charge up to what is left of the value: 40 - 32f = 50 - 50f',
      { fee: decimal('0.03'), kept: decimal('8'), discount: parts('2', '5') },
      parts('5', '9'),
    ],
    ['a buffer that stands, be it of dust', { ...equity('50'), dust: decimal('5000') }, parts('0', '1')],
    ['the buffer: 40 - 30f = 60 - 60f', { buffer: decimal('0.2') }, parts('2', '3')],
    [
      'a second tier: 10 - 7.5f = 50 - 80f to one half, 20 - 20f beyond',
      { ...equity('10'), positions: [position('0.08', '0.02')] },
      parts('4', '5'),
    ],
    [
      'a tier to its bound: 20 - 20f = 50 - 80f',
      { ...equity('20'), discount: nothing, positions: [position('0.08', '0.02')] },
      parts('1', '2'),
    ],
    [
      'the last tier to its end: 19 - 19f = 20 - 20f',
      { ...equity('19'), discount: nothing, positions: [position('0.08', '0.02')] },
      parts('1', '1'),
    ],
    [
      'the rounding of the margin: 20 - 15f = 33.3 - 33.3f and 0.7',
      { ...equity('20'), places: 0, positions: [position('0.0333')] },
      parts('14', '18.3'),
    ],
    [
      'bounds of two positions one after the other: 50 - 37.5f = 86 - 180f to a fifth, 70 - 100f to one half',
      { ...equity('50'), positions: [position('0.08', '0.02'), position('0.1', '0.02', '800')] },
      parts('8', '25'),
    ],
    [
      'closing that costs more than it frees: 21 - 21f never is 20.9 - 20f',
      { ...equity('21'), places: 0, discount: nothing, positions: [position('0.08', '0.02', '515')] },
      parts('1', '1'),
    ],
  ])('sees %s', (_, more, expected) => {
    expect(compareRatios(restoringFraction({ ...breach, ...more }), expected)).toBe(0)
  })
})
