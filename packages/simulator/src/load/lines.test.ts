import { type Book, copyOf, healthOf } from '@novation/clearing'
import { format, subtract } from '@novation/decimal'
import { market, send } from '../checks/test-market'
import { type Line, priceOnLine } from './lines'

const maintenance: Line = (health) => health.maintenance

const gapAt = (pool: Book, id: string, price: string): string => {
  const moved = copyOf(pool)
  send(moved, 'PublishPrice', { instrument: 'BTC-PERP', price })
  const account = moved.accounts.get(id)
  if (account === undefined) throw new Error(`no ${id}`)
  const health = healthOf(moved, account)
  return format(subtract(health.equity, health.maintenance))
}

const found = (pool: Book, id: string) => {
  const account = pool.accounts.get(id)
  return account === undefined ? undefined : priceOnLine(pool, account, 'BTC-PERP', maintenance)
}

describe('a price on the line', () => {
  it.each([
    ['1', '30'],
    ['8', '171.37'],
    ['16', '400'],
    ['40', '1234.56'],
  ])('leaves the holder of %s long with equity of its maintenance margin, to the last unit', (quantity, amount) => {
    const pool = market(quantity, amount)
    const on = found(pool, 'alice')
    if (on === undefined) throw new Error('no such price')
    expect(gapAt(pool, 'alice', format(on.price))).toBe('0')
    expect(gapAt(pool, 'alice', format(on.below))).toMatch(/^-0.0[01]/)
  })

  it('is met by a short too, where its margin does not step over it', () => {
    const met = ['150', '151.01', '152.02', '153.03', '154.04', '155.05'].flatMap((amount) => {
      const pool = market('8', amount)
      const on = found(pool, 'bob')
      return on === undefined ? [] : [gapAt(pool, 'bob', format(on.price))]
    })
    expect(met.length).toBeGreaterThan(0)
    expect(met.every((gap) => gap === '0')).toBe(true)
  })

  it('is not looked for where no step of the price moves equity by a cent', () =>
    expect(found(market('7', '200'), 'alice')).toBeUndefined())

  it('is not looked for from a price so high that its steps cannot be counted', () => {
    const lied = market('8', '171.37')
    send(lied, 'PublishPrice', { instrument: 'BTC-PERP', price: '99999999999999999' })
    expect(found(lied, 'bob')).toBeUndefined()
  })
})
