import { decimal, format } from '@novation/decimal'
import {
  after,
  alice,
  assetPrice,
  bob,
  carol,
  type Expectation,
  given,
  list,
  marketWorld,
  optionMarket,
  pool,
  prepare,
  price,
  registerAsset,
} from '../kit'
import { healthOf, isRestored, missingFor } from './health'
import type { Health } from './pool'

const healthIs =
  (id: string, expected: Partial<Record<keyof Health, string>>): Expectation =>
  ({ pool: now }) => {
    const account = now.accounts.get(id)
    if (account === undefined) throw new Error(`no account ${id}`)
    const health = healthOf(now, account)
    const shown = Object.keys(expected).map((key) => {
      const figure = health[key as keyof Health]
      return [key, typeof figure === 'string' || Array.isArray(figure) ? figure : format(figure as never)]
    })
    expect(Object.fromEntries(shown)).toEqual(expected)
  }

describe('the worth of an account', () => {
  // 10 BTC-PERP at 100 and a coin worth 50, at a haircut of a fifth
  const held = [
    registerAsset('ETH', 4, { haircut: '0.2' }),
    assetPrice('ETH', '50'),
    alice.holds('100 USD', '1 ETH'),
    alice.bought('10 BTC-PERP at 100 from bob'),
  ]

  it('is one while every price is fresh, to the last millisecond', () => {
    const fresh = { equity: '150', worst: '150', best: '150', initial: '110', callLine: '110', maintenance: '60' }
    given(...held).then(healthIs('alice', fresh))
    given(...held, after('120 s'), bob.deposits('1 USD')).then(healthIs('alice', fresh))
  })

  it('is then as low as the gap allows, and by steps as high as the wear does', () => {
    given(...held, after('120001 ms'), bob.deposits('1 USD')).then(
      healthIs('alice', {
        equity: '150',
        worst: '-200',
        best: '175',
        marked: '175',
        initial: '100',
        callLine: '109',
        maintenance: '59',
      }),
    )
    given(...held, after('239999 ms'), bob.deposits('1 USD')).then(healthIs('alice', { best: '175' }))
    given(...held, after('240 s'), bob.deposits('1 USD')).then(healthIs('alice', { best: '200', maintenance: '58' }))
    given(...held, after('20 min'), bob.deposits('1 USD')).then(
      healthIs('alice', { worst: '-200', best: '400', maintenance: '50', status: 'restricted' }),
    )
    given(...held, after('10 d'), bob.deposits('1 USD')).then(healthIs('alice', { best: '400' }))
  })

  it('of an option whose price is old is never above what was paid to whoever sold it, nor below nothing for whoever holds it', () =>
    given(optionMarket, alice.holds('100 USD'), bob.holds('1000 USD'), alice.buys('1 CALL at 7.6 from bob'))
      .when(after('10 min'), carol.deposits('1 USD'))
      .then(healthIs('bob', { best: '1007.6' }), healthIs('alice', { worst: '92.4' })))

  it('wears by each price alone', () =>
    given(...held, after('121 s'), price('BTC-PERP', '100')).then(
      healthIs('alice', { worst: '100', best: '145', initial: '100', maintenance: '59' }),
    ))

  it('is of a short worth as much less at the worst', () =>
    given(alice.holds('100 USD'), alice.sold('10 BTC-PERP at 100 to bob'), after('121 s'), bob.deposits('1 USD')).then(
      healthIs('alice', { worst: '-200', best: '130' }),
    ))
})

describe('the status of an account', () => {
  const standing = (value: string) => [
    alice.holds('100 USD'),
    alice.bought('10 BTC-PERP at 100 from bob'),
    price('BTC-PERP', value),
  ]

  it('is the better one at each line itself', () => {
    given(...standing('100')).then(healthIs('alice', { status: 'healthy', worst: '100', initial: '100' }))
    given(...standing('99.99')).then(healthIs('alice', { status: 'restricted' }))
    given(alice.holds('7 USD'), ...standing('94')).then(healthIs('alice', { status: 'restricted', best: '47' }))
    given(...standing('90')).then(healthIs('alice', { status: 'liquidatable', best: '0' }))
    given(...standing('89.999')).then(healthIs('alice', { status: 'bankrupt' }))
  })

  it('is told at the best but for healthy, which is told at the worst', () =>
    given(alice.holds('900 USD'), ...standing('30'), after('480 s'), bob.deposits('1 USD')).then(
      healthIs('alice', { equity: '300', worst: '210', best: '336', status: 'healthy' }),
    ))
})

describe('the buffer', () => {
  it('is (1 + b) x R, and reached by equality, at the worst', () => {
    const restored = (buffer: string, worst: string, maintenance: string) =>
      isRestored(buffer, { worst: decimal(worst), maintenance: decimal(maintenance) })
    expect(restored('0.1', '5.17', '4.7')).toBe(true)
    expect(restored('0.1', '5.169999', '4.7')).toBe(false)
    expect(restored('0', '1', '1')).toBe(true)
  })
})

describe('what an account depends on', () => {
  const namesFor = (id: string, expected: readonly string[]) =>
    pool((now) => {
      const account = now.accounts.get(id)
      expect(account === undefined ? undefined : missingFor(now, account)).toEqual(expected)
    })
  it('is missing where it has no price, or an old one, in byte order', () =>
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
    expect(account === undefined ? [] : missingFor(world.pool, account)).toEqual(['A', 'Z'])
  })
})
