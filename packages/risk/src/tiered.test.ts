import {
  add,
  atLeast,
  atMost,
  ceil,
  decimal,
  equals,
  format,
  lessThan,
  multiply,
  one,
  subtract,
  unit,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import { checkTiers, crowdingOf, maintenanceMargin, marginModels, meanCrowding, type Tier, tieredMargin } from '.'
import { amount, terms } from './arbitraries'

const tier = (initial: string, maintenance: string, upTo?: string): Tier => ({
  initial: decimal(initial),
  maintenance: decimal(maintenance),
  ...(upTo === undefined ? {} : { upTo: decimal(upTo) }),
})
const scaling = (lower: string, upper: string) => ({ lower: decimal(lower), upper: decimal(upper) })
const two = [tier('0.05', '0.03', '1000'), tier('0.1', '0.06')]
const written = ({
  initial,
  maintenance,
}: {
  initial: ReturnType<typeof decimal>
  maintenance: ReturnType<typeof decimal>
}) => [format(initial), format(maintenance)]

describe('tieredMargin', () => {
  it('charges each slice of the notional at its own rate', () => {
    expect(written(tieredMargin({ tiers: two }, decimal('1000'), zero, 2))).toEqual(['50', '30'])
    expect(written(tieredMargin({ tiers: two }, decimal('2500'), zero, 2))).toEqual(['200', '120'])
  })

  it('rounds up once, at the end', () => {
    expect(written(tieredMargin({ tiers: two }, decimal('1000.01'), zero, 2))).toEqual(['50.01', '30.01'])
    expect(written(tieredMargin({ tiers: two }, decimal('0.01'), zero, 0))).toEqual(['1', '1'])
  })

  it('raises the initial rate, and no other, by how crowded the instrument was when the position grew', () => {
    const crowded = scaling('10000', '40000')
    const margin = (openInterest: string) =>
      written(tieredMargin({ tiers: two }, decimal('2500'), crowdingOf(crowded, decimal(openInterest)), 2))
    // 2500 at base rates is 200; a third of what is missing to 2500 comes on top: 200 + 2300 / 3
    expect(margin('20000')).toEqual(['966.67', '120'])
    expect(margin('10000')).toEqual(['200', '120'])
    expect(margin('40000')).toEqual(['2500', '120'])
    expect(margin('90000')).toEqual(['2500', '120'])
  })

  it('rounds how crowded it is up to twelve places, and takes the mean of what was held and of what comes, by size', () => {
    expect(format(crowdingOf(scaling('10000', '40000'), decimal('20000')))).toBe('0.333333333334')
    expect(format(crowdingOf(undefined, decimal('20000')))).toBe('0')
    const held = { size: decimal('2'), crowding: decimal('0.1') }
    expect(format(meanCrowding(held, { size: decimal('1'), crowding: one }))).toBe('0.4')
    expect(format(meanCrowding(held, { size: decimal('1'), crowding: zero }))).toBe('0.066666666667')
  })

  it('asks more for more, at least the maintenance margin at first, and nothing for nothing', () =>
    fc.assert(
      fc.property(
        terms,
        amount(0, 20000, 2),
        amount(0, 20000, 2),
        amount(0, 100),
        fc.nat(4),
        (of, a, more, interest, places) => {
          const scaled = { ...of, openInterestScaling: scaling('10', '60') }
          const crowding = crowdingOf(scaled.openInterestScaling, interest)
          const small = tieredMargin(scaled, a, crowding, places)
          const large = tieredMargin(scaled, add(a, more), crowding, places)
          expect(checkTiers(scaled)).toBeUndefined()
          expect(atLeast(small.initial, small.maintenance)).toBe(true)
          expect(atMost(small.initial, ceil(a, places))).toBe(true)
          expect(atLeast(large.initial, small.initial)).toBe(true)
          expect(atLeast(large.maintenance, small.maintenance)).toBe(true)
          expect(maintenanceMargin(of, a, places)).toEqual(small.maintenance)
          expect(written(tieredMargin(scaled, zero, crowding, places))).toEqual(['0', '0'])
        },
      ),
    ))

  it('never asks less of two positions than of the parts, but for the rounding', () =>
    fc.assert(
      fc.property(terms, amount(0, 20000, 2), amount(0, 20000, 2), (of, a, b) => {
        const [whole, one, other] = [add(a, b), a, b].map((n) => maintenanceMargin(of, n, 2))
        expect(
          lessThan(subtract(add(one ?? zero, other ?? zero), whole ?? zero), multiply(unit(2), decimal('2'))),
        ).toBe(true)
      }),
    ))
})

describe('checkTiers', () => {
  it.each<[string, Tier[]]>([
    ['no tiers', []],
    ['tier 1: the maintenance rate is not above zero', [tier('0.1', '0')]],
    ['tier 1: the maintenance rate is not above zero', [tier('0.1', '-0.1')]],
    ['tier 1: the maintenance rate is above the initial rate', [tier('0.1', '0.11')]],
    ['tier 1: the initial rate is above 1', [tier('1.01', '0.5')]],
    ['tier 2: the initial rate falls', [tier('0.1', '0.05', '10'), tier('0.09', '0.05')]],
    ['tier 2: the maintenance rate falls', [tier('0.1', '0.05', '10'), tier('0.1', '0.04')]],
    ['tier 1: only the last tier may be without a bound', [tier('0.1', '0.05'), tier('0.1', '0.05')]],
    ['tier 1: the bound does not rise', [tier('0.1', '0.05', '0'), tier('0.1', '0.05')]],
    ['tier 2: the bound does not rise', [tier('0.1', '0.05', '10'), tier('0.1', '0.05', '10'), tier('0.1', '0.05')]],
    [
      'tier 2: the last tier has a bound: beyond it no rate would hold',
      [tier('0.1', '0.05', '10'), tier('0.1', '0.05', '20')],
    ],
  ])('says "%s"', (wrong, tiers) => expect(checkTiers({ tiers })).toBe(wrong))

  it('says what is wrong with the scaling', () => {
    const scaled = (lower: string, upper: string) =>
      checkTiers({ tiers: two, openInterestScaling: scaling(lower, upper) })
    expect(scaled('10', '10')).toBe('open interest scaling ends where it begins, or before')
    expect(scaled('-1', '10')).toBe('open interest scaling begins below zero')
    expect(scaled('0', '10')).toBeUndefined()
  })

  it('finds nothing wrong with equal rates and rates of 1', () => {
    expect(checkTiers({ tiers: [tier('1', '1', '10'), tier('1', '1')] })).toBeUndefined()
  })
})

describe('marginModels', () => {
  it('names the models that an instrument may ask for', () => {
    expect(equals(marginModels.tiered.margin({ tiers: two }, decimal('1000'), zero, 2).initial, decimal('50'))).toBe(
      true,
    )
    expect(marginModels.tiered.check({ tiers: [] })).toBe('no tiers')
  })
})
