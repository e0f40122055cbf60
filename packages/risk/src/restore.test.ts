import {
  add,
  addRatios,
  atLeast,
  ceilRatio,
  compareRatios,
  type Decimal,
  decimal,
  equals,
  format,
  greaterThan,
  integer,
  lessThan,
  max,
  min,
  minRatio,
  multiply,
  one,
  type Ratio,
  ratio,
  scale,
  subtract,
  subtractRatios,
  sum,
  unit,
  whole,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import {
  type Breach,
  fractionQuantities,
  restoringFraction,
  restoringQuantity,
  solventFill,
  type TieredTerms,
  tieredMargin,
} from '.'
import { breachOf, fraction } from './arbitraries'

const flat = (maintenance: string): TieredTerms => ({
  tiers: [{ initial: decimal(maintenance), maintenance: decimal(maintenance) }],
})
const notional = (p: Breach['positions'][number], quantity: Decimal) => multiply(quantity, p.unitNotional)
const marginOf = (p: Breach['positions'][number], quantity: Decimal, places: number) =>
  tieredMargin(p.terms, notional(p, quantity), zero, places).maintenance

/** Equity less (1 + b) * MM once so much is closed, recomputed from the fill and the margins: below zero falls short. */
const surplus = (breach: Breach, closed: readonly Decimal[]): Decimal => {
  const margins = breach.positions.map((p) => marginOf(p, p.held, breach.places))
  const fill = solventFill({
    ...breach,
    keeperTip: zero,
    keeperShare: zero,
    totalMargin: sum(margins),
    slices: breach.positions.map((p, i) => ({
      closed: closed[i] ?? zero,
      held: p.held,
      margin: margins[i] ?? zero,
      notional: notional(p, closed[i] ?? zero),
    })),
  })
  const left = sum(breach.positions.map((p, i) => marginOf(p, subtract(p.held, closed[i] ?? zero), breach.places)))
  return subtract(subtract(breach.equity, add(fill.payment, fill.charge)), multiply(add(one, breach.buffer), left))
}
const restored = (breach: Breach, closed: readonly Decimal[]) => !lessThan(surplus(breach, closed), zero)

/** Fills in the equity: `level` of what the buffer asks, in units. */
const atLevel = ({ level, ...rest }: Omit<Breach, 'equity'> & { readonly level: Ratio }): Breach => {
  const asked = multiply(add(one, rest.buffer), sum(rest.positions.map((p) => marginOf(p, p.held, rest.places))))
  return { ...rest, equity: subtract(ceilRatio(scale(level, asked), rest.places), unit(rest.places)) }
}

const example: Breach = {
  equity: decimal('40'),
  aside: zero,
  kept: zero,
  discount: whole(zero),
  fee: zero,
  buffer: zero,
  dust: zero,
  places: 2,
  positions: [{ terms: flat('0.05'), held: decimal('10'), unitNotional: decimal('100'), lot: decimal('0.1') }],
}

describe('restoringQuantity', () => {
  it('closes the least that restores the buffer', () => {
    // equity 40, MM 50, no discount: a bidder of 1 takes 1/10 of the value, 4, and frees 5 of margin; 10 are missing
    expect(format(restoringQuantity(example, 0))).toBe('10')
    // the account keeps a quarter of what it gives up: 1 costs 3 and frees 5, so 5 close 10
    expect(format(restoringQuantity({ ...example, discount: ratio(one, integer(4)) }, 0))).toBe('5')
    expect(
      format(restoringQuantity({ ...example, discount: ratio(one, integer(4)), equity: decimal('40.01') }, 0)),
    ).toBe('5')
    expect(
      format(restoringQuantity({ ...example, discount: ratio(one, integer(4)), equity: decimal('39.9') }, 0)),
    ).toBe('5.1')
    // what a fill rounds in favour of the account counts: half of 29.9925 is paid as 14.99, which leaves 25
    expect(
      format(restoringQuantity({ ...example, discount: ratio(one, integer(4)), equity: decimal('39.99') }, 0)),
    ).toBe('5')
  })

  it('closes all of a position that cannot restore the account, for closing costs more than it frees', () => {
    expect(format(restoringQuantity({ ...example, discount: ratio(one, integer(2)), fee: decimal('0.06') }, 0))).toBe(
      '10',
    )
    expect(format(restoringQuantity({ ...example, equity: decimal('-1') }, 0))).toBe('10')
  })

  it('closes nothing where the buffer stands', () => {
    expect(format(restoringQuantity({ ...example, equity: decimal('50') }, 0))).toBe('0')
    expect(
      format(
        restoringQuantity(
          { ...example, equity: decimal('50'), buffer: decimal('0.01'), discount: ratio(one, integer(4)) },
          0,
        ),
      ),
    ).toBe('0.4')
  })

  it('leaves no dust', () => {
    const partial = { ...example, discount: ratio(one, integer(4)) }
    expect(format(restoringQuantity({ ...partial, dust: decimal('500') }, 0))).toBe('5')
    expect(format(restoringQuantity({ ...partial, dust: decimal('500.01') }, 0))).toBe('10')
  })

  it('starts with the top tier, which frees the most', () => {
    const tiers = [
      { upTo: decimal('500'), initial: decimal('0.02'), maintenance: decimal('0.02') },
      { initial: decimal('0.08'), maintenance: decimal('0.08') },
    ]
    // MM 10 + 40 = 50, equity 40; 1 costs 3 and frees 8: two close 10
    const breach = {
      ...example,
      discount: ratio(one, integer(4)),
      positions: [{ terms: { tiers }, held: decimal('10'), unitNotional: decimal('100'), lot: decimal('0.1') }],
    }
    expect(format(restoringQuantity(breach, 0))).toBe('2')
  })

  it('never closes a lot more than restores the buffer, and all only where no less does', () =>
    fc.assert(
      fc.property(breachOf(3).map(atLevel), fc.nat(2), (breach, pick) => {
        const index = pick % breach.positions.length
        const position = breach.positions[index]
        if (position === undefined) return
        const { held, lot } = position
        const closing = (quantity: Decimal) => breach.positions.map((_, i) => (i === index ? quantity : zero))
        const quantity = restoringQuantity(breach, index)

        const steps = Array.from({ length: 152 }, (_, n) => min(multiply(integer(n), lot), held))
        const first = steps.find((q) => restored(breach, closing(q)))
        if (lessThan(quantity, held)) {
          expect(restored(breach, closing(quantity))).toBe(true)
          if (greaterThan(quantity, zero)) expect(restored(breach, closing(subtract(quantity, lot)))).toBe(false)
          expect(steps.some((q) => equals(q, quantity))).toBe(true)
        } else if (first !== undefined && lessThan(first, held)) {
          // only the roundings of a fill restore it, by a few units
          expect(lessThan(surplus(breach, closing(first)), multiply(integer(6), unit(breach.places)))).toBe(true)
        }
      }),
      { numRuns: 200 },
    ))
})

describe('restoringFraction', () => {
  it('is the exact solution', () => {
    // 40 - 30f = 50(1 - f)
    const half = { ...example, discount: ratio(one, integer(4)) }
    expect(compareRatios(restoringFraction(half), ratio(one, integer(2)))).toBe(0)
    // 41 - 30.75f = 50(1 - f)
    expect(
      compareRatios(restoringFraction({ ...half, equity: decimal('41') }), ratio(decimal('9'), decimal('19.25'))),
    ).toBe(0)
  })

  it('is everything where nothing restores, or only dust would stay', () => {
    expect(compareRatios(restoringFraction({ ...example, equity: decimal('-1') }), whole(one))).toBe(0)
    expect(
      compareRatios(
        restoringFraction({ ...example, discount: ratio(one, integer(4)), dust: decimal('500.01') }),
        whole(one),
      ),
    ).toBe(0)
    expect(
      compareRatios(
        restoringFraction({ ...example, discount: ratio(one, integer(4)), dust: decimal('500') }),
        ratio(one, integer(2)),
      ),
    ).toBe(0)
  })

  it('is nothing where the buffer stands', () =>
    expect(compareRatios(restoringFraction({ ...example, equity: decimal('50') }), whole(zero))).toBe(0))

  it('is the smallest solution: what is missing is zero there and above zero before', () =>
    fc.assert(
      fc.property(breachOf(3).map(atLevel), fraction, (breach, part) => {
        const f = restoringFraction(breach)
        expect(compareRatios(f, whole(zero))).toBeGreaterThanOrEqual(0)
        expect(compareRatios(f, whole(one))).toBeLessThanOrEqual(0)
        if (compareRatios(f, whole(one)) < 0)
          expect(compareRatios(missing(breach, f), whole(zero))).toBeLessThanOrEqual(0)
        const before = ratio(multiply(f.numerator, part.numerator), multiply(f.denominator, part.denominator))
        if (compareRatios(before, f) < 0) expect(compareRatios(missing(breach, before), whole(zero))).toBe(1)
        else if (compareRatios(f, whole(zero)) > 0 && compareRatios(f, whole(one)) < 0)
          expect(compareRatios(missing(breach, f), whole(zero))).toBe(0)
      }),
      { numRuns: 200 },
    ))
})

/** (1 + b) * MM((1-f) q) - (equity - f*k), without any rounding but that which the margins of now carry. */
const missing = (breach: Breach, f: Ratio): Ratio => {
  const { positions, equity, kept, discount, fee, buffer, places } = breach
  const exact = (p: Breach['positions'][number], share: Ratio) => {
    let from = zero
    let total = whole(zero)
    const size = scale(share, notional(p, p.held))
    for (const tier of p.terms.tiers) {
      const to = tier.upTo === undefined ? size : minRatio(size, whole(tier.upTo))
      const slice = subtractRatios(to, whole(from))
      if (compareRatios(slice, whole(zero)) > 0) total = addRatios(total, scale(slice, tier.maintenance))
      from = tier.upTo ?? from
    }
    return total
  }
  const stays = subtractRatios(whole(one), f)
  const rounding = subtractRatios(
    whole(sum(positions.map((p) => marginOf(p, p.held, places)))),
    positions.map((p) => exact(p, whole(one))).reduce(addRatios),
  )
  const margin = addRatios(positions.map((p) => exact(p, stays)).reduce(addRatios), rounding)
  const v = greaterThan(equity, kept) ? subtract(equity, kept) : equity
  const all = sum(positions.map((p) => notional(p, p.held)))
  const k = addRatios(
    scale(subtractRatios(whole(one), discount), v),
    minRatio(whole(multiply(fee, all)), scale(discount, v)),
  )
  const after = subtractRatios(whole(equity), {
    numerator: multiply(f.numerator, k.numerator),
    denominator: multiply(f.denominator, k.denominator),
  })
  return subtractRatios(scale(margin, add(one, buffer)), after)
}

describe('fractionQuantities', () => {
  it('closes the fraction of each position, up to a lot', () => {
    const two = {
      ...example,
      equity: decimal('40'),
      discount: ratio(one, integer(4)),
      positions: [
        { terms: flat('0.05'), held: decimal('3'), unitNotional: decimal('100'), lot: one },
        { terms: flat('0.05'), held: decimal('7'), unitNotional: decimal('100'), lot: one },
      ],
    }
    expect(fractionQuantities(two, ratio(one, integer(5))).map(format)).toEqual(['1', '2'])
    // half of 7 and of 3 up to a lot would be 4 and 2; 5 are enough
    expect(fractionQuantities(two, whole(one)).map(format)).toEqual(['1', '4'])
  })

  it('takes all that is asked of an account that nothing restores', () => {
    expect(fractionQuantities({ ...example, equity: decimal('-1') }, whole(one)).map(format)).toEqual(['10'])
    expect(fractionQuantities({ ...example, equity: decimal('-1') }, ratio(one, integer(2))).map(format)).toEqual(['5'])
  })

  it('never closes more than is asked up to a lot, nor a lot more than restores the buffer', () =>
    fc.assert(
      fc.property(breachOf(3).map(atLevel), fraction, (breach, asked) => {
        const closed = fractionQuantities(breach, asked)
        breach.positions.forEach(({ held, lot }, i) => {
          expect(lessThan(closed[i] ?? zero, zero)).toBe(false)
          expect(greaterThan(closed[i] ?? zero, held)).toBe(false)
          const beyond = subtractRatios(whole(max(subtract(closed[i] ?? zero, lot), zero)), scale(asked, held))
          expect(compareRatios(beyond, whole(zero))).toBeLessThanOrEqual(0)
        })
        if (!atLeast(breach.equity, zero) || !restored(breach, closed) || !closed.some((q) => greaterThan(q, zero)))
          return
        const oneLotLess = breach.positions.map(({ lot }, i) =>
          closed.map((q, j) => (i === j ? max(multiply(subtract(ceilRatio(ratio(q, lot), 0), one), lot), zero) : q)),
        )
        expect(oneLotLess.some((less) => !restored(breach, less))).toBe(true)
      }),
      { numRuns: 200 },
    ))

  it('restores the buffer where the whole fraction is asked for and lots are fine', () =>
    fc.assert(
      fc.property(breachOf(3).map(atLevel), (coarse) => {
        const breach = { ...coarse, positions: coarse.positions.map((p) => ({ ...p, lot: unit(12) })) }
        if (compareRatios(restoringFraction(breach), whole(one)) >= 0) return
        const left = surplus(breach, fractionQuantities(breach, whole(one)))
        expect(greaterThan(left, multiply(integer(-9), unit(breach.places)))).toBe(true)
      }),
      { numRuns: 200 },
    ))
})
