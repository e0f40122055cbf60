import type { LedgerEvent } from '@novation/events'
import { assertPriced } from './priced'
import { teller } from './tally'

const tallyOf = (...events: readonly object[]) => {
  const { read, tally } = teller()
  for (const event of events) read(event as LedgerEvent)
  return tally()
}

const rejected = { type: 'CommandRejected', data: { code: 'bad-price' } }

describe('a demo', () => {
  it('fails where not one price was accepted, and says why', () =>
    expect(() => assertPriced(tallyOf(rejected, rejected))).toThrow(
      expect.objectContaining({
        explanation: expect.objectContaining({ id: 'no-price', exit: 1, why: 'rejected: bad-price 2' }),
      }),
    ))

  it('has something to show as soon as one was', () =>
    expect(() => assertPriced(tallyOf(rejected, { type: 'PriceTick', data: {} }))).not.toThrow())
})
