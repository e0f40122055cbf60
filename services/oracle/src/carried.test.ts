import type { Quote } from '@novation/events'
import { carriedWith, isUrgent, lastOf, loadsOf } from './carried'

const quote = (source: string, second: number, price: string, base = 'BTC'): Quote => ({
  ...{ source, base, currency: 'USD', at: `2026-04-07T14:30:${String(second).padStart(2, '0')}Z`, price },
  signature: 'A'.repeat(86),
})

describe('a carrier', () => {
  it('takes of each source and base the last, in whatever order they came', () => {
    const [first, second, third] = [quote('a', 1, '1'), quote('a', 3, '3'), quote('a', 2, '2')]
    const [other, eth] = [quote('b', 1, '9'), quote('a', 1, '7', 'ETH')]
    expect(lastOf([first, other, second, third, eth, second])).toEqual([other, second, eth])
    expect(lastOf([second, third, first])).toEqual([second])
  })

  it('hides no second truth of a moment', () => {
    const truths = [quote('a', 1, '1'), quote('a', 1, '2')]
    expect(lastOf(truths)).toEqual(truths)
  })

  it('reads a time however it is written', () => {
    const later = { ...quote('a', 0, '2'), at: '2026-04-07T16:30:01.5+02:00' }
    expect(lastOf([quote('a', 1, '1'), later])).toEqual([later])
  })

  it('waits with what hardly moves, and not with what does or is new', () => {
    const carried = carriedWith(new Map(), [quote('a', 1, '100')])
    expect(isUrgent(carried, [quote('a', 2, '100.1')], 0.001)).toBe(false)
    expect(isUrgent(carried, [quote('a', 2, '99.89')], 0.001)).toBe(true)
    expect(isUrgent(carried, [quote('b', 2, '100')], 0.001)).toBe(true)
    expect(isUrgent(carried, [], 0.001)).toBe(false)
    expect(isUrgent(carried, [quote('a', 2, '101')], 0.01)).toBe(false)
  })

  it('remembers what it carried of others when it carries of one', () => {
    const carried = carriedWith(carriedWith(new Map(), [quote('a', 1, '100')]), [quote('b', 1, '100')])
    expect(isUrgent(carried, [quote('a', 2, '100'), quote('b', 2, '100')], 0.001)).toBe(false)
  })

  it('loads no command with more than 64', () => {
    const quotes = Array.from({ length: 130 }, (_, i) => quote(`s${i}`, 1, '1'))
    expect(loadsOf(quotes).map(({ length }) => length)).toEqual([64, 64, 2])
    expect(loadsOf([])).toEqual([])
  })
})
