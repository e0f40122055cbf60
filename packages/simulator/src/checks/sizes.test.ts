import { type Book, copyOf, judge } from '@novation/clearing'
import { groupOf } from './law'
import { noLargerThanNeeded } from './sizes'
import { market, send } from './test-market'

const breached = (price: string, dust = '0'): Book => {
  const steps: readonly (readonly [string, object, string?])[] = [
    ['SetPoolParameters', { liquidation: { buffer: '0.1', fee: '0', dust } }],
    ['OpenAccount', { account: 'carol' }],
    ['Deposit', { account: 'carol', asset: 'USD', amount: '100000' }],
    ['PublishPrice', { instrument: 'BTC-PERP', price }],
    ['StartLiquidation', { account: 'alice' }, 'liquidator'],
  ]
  const book = market('40', '800')
  for (const [type, data, actor] of steps) send(book, type, data, actor)
  return book
}

const withBuffer = (pool: Book, buffer: string): Book => {
  const book = judge(copyOf(pool))
  for (const account of book.accounts.values()) {
    const open = account.liquidation
    if (open !== undefined) book.set(account, 'liquidation', { ...open, terms: { ...open.terms, buffer } })
  }
  return book
}

/** What the law says of a bid for everything, cut to what restores `buffer`. */
const verdict = (pool: Book, buffer: string) => {
  const bid = { liquidation: 'alice:1', bidder: 'carol', fraction: '1' }
  const after = withBuffer(pool, buffer)
  const { events } = send(after, 'BidLiquidation', bid, 'operator', 1_000)
  return { held: after.accounts.get('alice')?.positions.size, says: noLargerThanNeeded(groupOf(pool, after, events)) }
}

describe('the size of a liquidation', () => {
  it('is what restores the buffer', () => expect(verdict(breached('81'), '0.1')).toEqual({ held: 1, says: undefined }))

  it('is too large where less would have restored it', () =>
    expect(verdict(breached('81'), '1').says).toMatch(/was enough$/))

  it('is too large where everything was closed, and a part would have done', () =>
    expect(verdict(breached('81'), '1000')).toEqual({
      held: 0,
      says: 'closing 0.9 of what was closed would have brought alice to its buffer',
    }))

  it('is everything where a part would have left nothing but dust', () =>
    expect(verdict(breached('81', '1000'), '0.1')).toEqual({ held: 0, says: undefined }))
})
