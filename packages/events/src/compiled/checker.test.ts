import * as t from 'io-ts'
import { closed } from '../fields'
import { Count, Id } from '../text'
import { checkerOf } from './checker'

const tier = closed('Tier', { rate: Count }, { upTo: Id })
const check = checkerOf(closed('Whole', { id: Id, tiers: t.readonlyArray(tier) }, { first: tier, isLast: t.boolean }))
const sound = { id: 'a', tiers: [{ rate: 1 }, { rate: 2, upTo: 'x' }] }

describe('the checker of a codec', () => {
  it.each([{}, { tiers: [] }, { first: { rate: 0 } }, { first: { rate: 0, upTo: 'x' }, isLast: false }])(
    'passes what it takes as it stands, with %j',
    (change) => expect(check({ ...sound, ...change })).toBe(true),
  )

  it.each([
    { id: 5 },
    { id: undefined },
    { tiers: {} },
    { tiers: [{ rate: 1 }, { rate: 'x' }] },
    { tiers: [{ rate: 1, more: 1 }] },
    { tiers: [null] },
    { first: null },
    { first: { rate: 0, more: 1 } },
    { isLast: 'no' },
    { zeal: 1 },
  ])('stops everything else, with %p', (change) => expect(check({ ...sound, ...change })).toBe(false))

  it.each([null, undefined, 'text', 5, [], {}, () => sound])('stops %p', (value) => expect(check(value)).toBe(false))

  it('stops what is no plain object though it has the fields', () =>
    expect(check(Object.assign(() => 0, sound))).toBe(false))

  it('passes nothing but nothing where there are no fields', () =>
    expect([{}, { a: 1 }].map(checkerOf(closed('Empty', {})))).toEqual([true, false]))
})
