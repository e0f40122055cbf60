import {
  add,
  atLeast,
  atMost,
  decimal,
  format,
  isNegative,
  lessThan,
  multiply,
  one,
  subtract,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import { after, alice, assetPrice, bob, given, list, marketWorld, pool, prepare, price, registerAsset } from '../kit'
import { bufferOf, isRestored, principalOf, profitOf, staleFor, statusOf } from './health'

const cents = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((n) => multiply(decimal(String(n)), decimal('0.01')))

describe('the status of an account', () => {
  it('follows from equity alone: below zero, below maintenance, below initial margin, strictly', () =>
    fc.assert(
      fc.property(cents(-200, 400), cents(0, 200), cents(0, 200), (equity, maintenance, more) => {
        const initial = add(maintenance, more)
        const status = statusOf(equity, initial, maintenance)
        expect(status === 'bankrupt').toBe(isNegative(equity))
        expect(status === 'healthy').toBe(!isNegative(equity) && atLeast(equity, initial))
        expect(status === 'liquidatable').toBe(!isNegative(equity) && lessThan(equity, maintenance))
      }),
    ))

  it('is the better one at each line itself', () => {
    expect(statusOf(decimal('10'), decimal('10'), decimal('5'))).toBe('healthy')
    expect(statusOf(decimal('5'), decimal('10'), decimal('5'))).toBe('restricted')
    expect(statusOf(zero, decimal('10'), decimal('5'))).toBe('liquidatable')
    expect(statusOf(zero, zero, zero)).toBe('healthy')
    expect(statusOf(decimal('-0.000000000000000001'), zero, zero)).toBe('bankrupt')
  })
})

describe('the buffer', () => {
  it('is (1 + b) x MM, and reached by equality', () => {
    expect(format(bufferOf('0.1', decimal('4.7')))).toBe('5.17')
    expect(isRestored('0.1', decimal('5.17'), decimal('4.7'))).toBe(true)
    expect(isRestored('0.1', decimal('5.169999'), decimal('4.7'))).toBe(false)
    expect(isRestored('0', one, one)).toBe(true)
  })
})

describe('profit', () => {
  const world = prepare(marketWorld, [
    alice.holds('100 USD'),
    bob.holds('1000 USD'),
    alice.bought('1 BTC-PERP at 50 from bob'),
  ])
  const account = world.pool.accounts.get('alice')
  const profitAt = (equity: string) =>
    account === undefined ? '' : format(profitOf(world.pool, account, decimal(equity)))

  it('is what of equity is not principal, and never below nothing', () => {
    expect([profitAt('130.5'), profitAt('100'), profitAt('70'), profitAt('-20')]).toEqual(['30.5', '0', '0', '0'])
    expect(account === undefined ? '' : format(principalOf(world.pool, account))).toBe('100')
  })

  it('and principal together are never more than equity', () =>
    fc.assert(
      fc.property(cents(-20_000, 40_000), (equity) => {
        if (account === undefined) throw new Error('no alice')
        const profit = profitOf(world.pool, account, equity)
        expect(isNegative(profit)).toBe(false)
        expect(atMost(profit, isNegative(equity) ? zero : equity)).toBe(true)
        expect(atMost(subtract(isNegative(equity) ? zero : equity, profit), decimal('100'))).toBe(true)
      }),
    ))
})

describe('what an account depends on', () => {
  const namesFor = (id: string, expected: readonly string[]) =>
    pool((now) => {
      const account = now.accounts.get(id)
      expect(account === undefined ? undefined : staleFor(now, account)).toEqual(expected)
    })
  const held = [
    list('Z'),
    list('A'),
    registerAsset('M', 2),
    registerAsset('N', 2),
    alice.holds('100 USD', '5 M', '5 N'),
    assetPrice('N', '1'),
    alice.bought('1 Z at 10 from bob'),
    alice.bought('1 A at 10 from bob'),
  ]

  it('is stale where it has no price, or an old one, in byte order', () =>
    given(registerAsset('EUR', 2), list('X'), alice.holds('1 EUR', '1 USD'), after('1 s')).then(
      namesFor('alice', ['EUR']),
    ))

  it('is every instrument it holds and every asset but the settlement asset', () => {
    given(list('Z'), alice.holds('1 USD')).then(namesFor('alice', []))
    const world = prepare(marketWorld, [
      list('Z'),
      list('A'),
      alice.holds('100 USD'),
      alice.bought('1 Z at 10 from bob'),
      alice.bought('1 A at 10 from bob'),
      after('121 s'),
      price('BTC-PERP', '1'),
    ])
    const account = world.pool.accounts.get('alice')
    expect(account === undefined ? [] : staleFor(world.pool, account)).toEqual(['A', 'Z'])
  })

  it('must be fresh before it trades at all', () => expect(() => given(...held)).toThrow('stale'))
})
