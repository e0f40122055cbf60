import { alice, bob, marketWorld, passed, prepare, price, take, type Wish } from '../kit'
import { judgedSince } from './judged'

const world = () => prepare(marketWorld, [alice.holds('100 USD'), alice.bought('10 BTC-PERP at 100 from bob')])
const listed = 65_536

describe('who was judged since a place', () => {
  it('is each account that a command has changed since, and nobody else', () => {
    const before = world()
    const { place } = judgedSince(before.pool, 0)
    const after = take(before, bob.deposits('5 USD'))
    expect([...(judgedSince(after.pool, place).ids ?? [])]).toEqual(['bob'])
    const { place: now } = judgedSince(after.pool, place)
    expect(judgedSince(after.pool, now)).toEqual({ ids: new Set(), place: now })
  })

  it('is, of a price, whoever it brings to a line of theirs', () => {
    const before = world()
    const { place } = judgedSince(before.pool, 0)
    const after = take(before, price('BTC-PERP', '94'))
    expect([...(judgedSince(after.pool, place).ids ?? [])]).toEqual(['alice'])
  })

  it('is, of the first price of a coin that somebody paid in without one, he alone; of the next, nobody', () => {
    const coin = (value: string): Wish => ({ type: 'PublishPrice', data: { asset: 'COIN', price: value } })
    const held = prepare(marketWorld, [
      { type: 'RegisterAsset', data: { asset: 'COIN', decimals: 4, haircut: '0.5' } } satisfies Wish,
      coin('2'),
      alice.holds('10 COIN'),
      passed('10 min'),
      bob.holds('1 COIN'),
    ])
    const { place } = judgedSince(held.pool, 0)
    const first = take(held, coin('2'))
    expect([...(judgedSince(first.pool, place).ids ?? [])]).toContain('bob')
    const { place: then } = judgedSince(first.pool, 0)
    const next = take(first, coin('2'))
    expect([...(judgedSince(next.pool, then).ids ?? [])]).toEqual([])
  })

  it('is told as long as no more than twice 65,536 were judged; then only the last 65,536 are remembered', () => {
    const ready = world()
    const { judged } = ready.pool.standing as unknown as { readonly judged: { readonly ids: string[] } }
    for (let i = judged.ids.length; i < 2 * listed - 1; i += 1) judged.ids.push(`w${i}`)

    const full = take(ready, bob.deposits('5 USD'))
    expect(judgedSince(full.pool, 0).place).toBe(2 * listed)
    expect(judgedSince(full.pool, 0).ids?.has('w65536')).toBe(true)

    const { pool } = take(full, bob.deposits('5 USD'))
    expect(judgedSince(pool, 0).place).toBe(2 * listed + 1)
    expect(judgedSince(pool, listed).ids).toBeUndefined()
    const last = judgedSince(pool, listed + 1).ids
    expect([last?.has('w65536'), last?.has('w65537'), last?.has('bob'), last?.size]).toEqual([
      false,
      true,
      true,
      listed - 1,
    ])
    expect([...(judgedSince(pool, 2 * listed).ids ?? [])]).toEqual(['bob'])
  })
})
