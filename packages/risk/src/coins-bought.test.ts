import { add, atMost, compareRatios, decimal, format, multiply, scale, sum, unit, whole, zero } from '@novation/decimal'
import fc from 'fast-check'
import { buyCoins, type Coin, coinsWorth, offeredFor } from '.'
import { amount, bps } from './arbitraries'

const coin = (quantity: string, price: string, cut = '0.1', id = 'ETH'): Coin => ({
  id,
  quantity: decimal(quantity),
  price: decimal(price),
  cut: decimal(cut),
  decimals: 8,
})
const rich: Parameters<typeof buyCoins>[1] = { fund: decimal('1000000'), cap: () => decimal('1000000') }
const buy = (debt: string, left: string, coins: readonly Coin[], of = rich) =>
  buyCoins({ debt: decimal(debt), left: decimal(left), coins, places: 2 }, of).map(
    ({ id, quantity, paid }) => `${format(quantity)} ${id} for ${format(paid)}`,
  )

describe('coins that the fund buys', () => {
  it('go at their price where the debt is more than they are worth', () => {
    expect(buy('90000', '70000', [coin('1000', '70')])).toEqual(['1000 ETH for 70000'])
    expect(buy('40000', '30000', [coin('1000', '30')], { ...rich, cap: () => decimal('15000') })).toEqual([
      '500 ETH for 15000',
    ])
  })

  it('go for what they were last offered for where they are worth more than the debt: for that, or for what counted', () => {
    expect(buy('884.87', '884.87', [coin('9', '100')])).toEqual(['9 ETH for 884.87'])
    // 810 of 900 counted: a debt of 405 is paid by half of them
    expect(buy('405', '405', [coin('9', '100')])).toEqual(['4.5 ETH for 405'])
  })

  it('are rounded up for what is paid', () =>
    expect(buy('90000', '5000', [coin('1000', '70')])).toEqual(['71.42857143 ETH for 5000']))

  it('are bought one after the other, as far as the fund and the cap of each coin go', () => {
    const coins = [coin('10', '100', '0', 'BTC'), coin('10', '50')]
    const caps = { fund: decimal('1200'), cap: (id: string) => decimal(id === 'BTC' ? '800' : '900') }
    expect(buy('9000', '9000', coins, caps)).toEqual(['8 BTC for 800', '8 ETH for 400'])
    expect(buy('9000', '1100', coins)).toEqual(['10 BTC for 1000', '2 ETH for 100'])
  })

  it('are not bought while they have no price, nor for nothing', () => {
    expect(buy('9000', '9000', [coin('10', '0'), coin('1', '5', '0', 'X')])).toEqual(['1 X for 5'])
    expect(buy('9000', '0', [coin('10', '5')])).toEqual([])
    expect(buy('9000', '9000', [coin('0.00000001', '5')])).toEqual([])
  })

  it('come to V at the worst, and to c as margin, each rounded down', () => {
    const { worth, counted } = coinsWorth([coin('0.333', '10.01'), coin('1', '2', '0')], 2)
    expect([format(worth), format(counted)]).toEqual(['5.33', '4.99'])
  })

  it('cost the fund no more than they are worth, the account no more than it is paid, nor more coins than it has', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(amount(0, 50, 4), amount(0, 90, 2), fc.nat(5000).map(bps)), { minLength: 1, maxLength: 4 }),
        amount(1, 4000, 2),
        fc.nat(10_000),
        amount(0, 3000, 2),
        amount(0, 2000, 2),
        (holds, debt, part, fund, cap) => {
          const coins = holds.map(([quantity, price, cut], i) => ({ id: `c${i}`, quantity, price, cut, decimals: 4 }))
          const left = decimal(format(multiply(debt, bps(part))).replace(/(\.\d\d).*/, '$1'))
          const bought = buyCoins({ debt, left, coins, places: 2 }, { fund, cap: () => cap })
          const paid = sum(bought.map((each) => each.paid))
          expect(atMost(paid, left) && atMost(paid, fund)).toBe(true)
          const share = offeredFor(debt, coins, 2)
          for (const { id, quantity, paid: price } of bought) {
            const of = coins.find((each) => each.id === id)
            const at = scale(share, of?.price ?? zero)
            expect(atMost(quantity, of?.quantity ?? zero) && atMost(price, cap)).toBe(true)
            expect(compareRatios(whole(price), scale(at, quantity))).toBeLessThanOrEqual(0)
            expect(
              compareRatios(whole(add(price, multiply(unit(4), of?.price ?? zero))), scale(at, quantity)),
            ).toBeGreaterThanOrEqual(0)
          }
        },
      ),
    ))
})
