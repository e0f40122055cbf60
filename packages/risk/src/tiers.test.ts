import { decimal, format } from '@novation/decimal'
import { sliceByTier } from './tiers'

const rate = { initial: decimal('0.1'), maintenance: decimal('0.1') }
const terms = { tiers: [{ ...rate, upTo: decimal('500') }, { ...rate, upTo: decimal('800') }, rate] }

describe('the slices of a notional', () => {
  it.each([
    ['0', []],
    ['499', ['0+499']],
    ['500', ['0+500']],
    ['501', ['0+500', '500+1']],
    ['800', ['0+500', '500+300']],
    ['9000', ['0+500', '500+300', '800+8200']],
  ])('of %s are those that have something in them', (notional, expected) => {
    const slices = sliceByTier(terms, decimal(notional))
    expect(slices.map((slice) => `${format(slice.from)}+${format(slice.notional)}`)).toEqual(expected)
  })
})
