import { type Account, type Book, copyOf, judge } from '@novation/clearing'
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

/** Alice has missed a call, and is to be brought back to her initial margin. */
const called = (): Book => {
  const book = market('40', '800')
  const steps: readonly (readonly [string, object, string, number])[] = [
    [
      'SetPoolParameters',
      { liquidation: { buffer: '1', fee: '0' }, callPeriod_s: 60, missedCall: 'reduce' },
      'operator',
      0,
    ],
    ['OpenAccount', { account: 'carol' }, 'operator', 0],
    ['Deposit', { account: 'carol', asset: 'USD', amount: '100000' }, 'operator', 0],
    ['PublishPrice', { instrument: 'BTC-PERP', price: '96' }, 'oracle', 0],
    ['CallMargin', { account: 'alice' }, 'margin', 0],
    ['PassTime', {}, 'clock', 60_000],
    ['StartLiquidation', { account: 'alice', cause: 'call' }, 'liquidator', 60_000],
  ]
  for (const [type, data, actor, at_ms] of steps) send(book, type, data, actor, at_ms)
  return book
}

type Open = Exclude<Account['liquidation'], undefined>

const otherwise = (pool: Book, change: (open: Open) => Open): Book => {
  const book = judge(copyOf(pool))
  for (const account of book.accounts.values()) {
    const open = account.liquidation
    if (open !== undefined) book.set(account, 'liquidation', change(open))
  }
  return book
}

/** What the law says of a bid for everything, decided as if the liquidation were another. */
const verdictOf = (pool: Book, change: (open: Open) => Open = (open) => open) => {
  const bid = { liquidation: 'alice:1', bidder: 'carol', fraction: '1' }
  const after = otherwise(pool, change)
  const { events } = send(after, 'BidLiquidation', bid, 'operator', pool.at + 1_000)
  return {
    held: after.accounts.get('alice')?.positions.size,
    says: noLargerThanNeeded(groupOf(pool, after, events, [])),
  }
}

/** The same, cut to what restores `buffer`. */
const verdict = (pool: Book, buffer: string) =>
  verdictOf(pool, (open) => ({ ...open, terms: { ...open.terms, buffer } }))

describe('the size of a liquidation', () => {
  it('is what restores the buffer', () => expect(verdict(breached('81'), '0.1')).toEqual({ held: 1, says: undefined }))

  it('is too large where less would have restored it', () =>
    expect(verdict(breached('81'), '1').says).toMatch(/was enough$/))

  it('is too large where everything was closed, and a part would have done', () =>
    expect(verdict(breached('81'), '1000')).toEqual({
      held: 0,
      says: 'closing 0.9 of what was closed would have brought alice to its target',
    }))

  it('is everything where a part would have left nothing but dust', () =>
    expect(verdict(breached('81', '1000'), '0.1')).toEqual({ held: 0, says: undefined }))

  it('is what brings back to initial margin who has missed a call', () =>
    expect(verdictOf(called()).says).toBeUndefined())

  it('is too large where a call was missed, and as much is closed as after a breach', () =>
    expect(verdictOf(called(), (open) => ({ ...open, cause: undefined })).says).toMatch(/was enough$/))
})
