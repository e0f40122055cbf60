import type { Pool } from '@novation/clearing'
import { groupOf } from './law'
import { noLargerThanNeeded } from './sizes'
import { market, send } from './test-market'

const breached = (price: string, dust = '0'): Pool => {
  const steps: readonly (readonly [string, object, string?])[] = [
    ['SetPoolParameters', { liquidation: { buffer: '0.1', fee: '0', dust } }],
    ['OpenAccount', { account: 'carol' }],
    ['Deposit', { account: 'carol', asset: 'USD', amount: '100000' }],
    ['PublishPrice', { instrument: 'BTC-PERP', price }],
    ['StartLiquidation', { account: 'alice' }, 'liquidator'],
  ]
  return steps.reduce((pool, [type, data, actor]) => send(pool, type, data, actor).pool, market('40', '800'))
}

const withBuffer = (pool: Pool, buffer: string): Pool => ({
  ...pool,
  accounts: pool.accounts.map(({ liquidation, ...account }) =>
    liquidation === undefined
      ? account
      : { ...account, liquidation: { ...liquidation, terms: { ...liquidation.terms, buffer } } },
  ),
})

/** What the law says of a bid for everything, cut to what restores `buffer`. */
const verdict = (pool: Pool, buffer: string) => {
  const bid = { liquidation: 'alice:1', bidder: 'carol', fraction: '1' }
  const { events, pool: after } = send(withBuffer(pool, buffer), 'BidLiquidation', bid, 'operator', 1_000)
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
