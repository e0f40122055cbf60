import type { LedgerEvent } from '@novation/events'
import { alice, assetPrice, bob, given, lastingPrices, price, registerAsset } from '../kit'
import { asItIs, told } from './altered'
import { nothingFreshLeaves } from './taken-out'

/** Alice has made 200 just now, brings coins for 400, and takes out the 200 that she had paid in. */
const { world } = given(
  lastingPrices,
  registerAsset('ETH', 4, { haircut: '0.2' }),
  assetPrice('ETH', '100'),
  alice.holds('200 USD'),
  bob.holds('1000 USD'),
  alice.bought('5 BTC-PERP at 100 from bob'),
  price('BTC-PERP', '140'),
  alice.sells('5 BTC-PERP at 140 to bob'),
  alice.deposits('4 ETH'),
  alice.withdraws('200 USD'),
)

/** The same history, in which the last withdrawal was of so much. */
const takingOut = (amount: string): { readonly events: readonly LedgerEvent[] } => ({
  events: world.events.map((event) =>
    event.type === 'CollateralWithdrawn'
      ? ({
          ...event,
          data: { ...event.data, amount },
          postings: event.postings.map((each) => ({
            ...each,
            amount: each.amount.startsWith('-') ? `-${amount}` : amount,
          })),
        } as LedgerEvent)
      : event,
  ),
})

describe('that nothing fresh leaves', () => {
  it('holds where what was paid in is taken out', () =>
    expect(told(nothingFreshLeaves, takingOut('200'), asItIs)).toBeUndefined())

  it('is broken by a cent more, though coins for 400 stay', () =>
    expect(told(nothingFreshLeaves, takingOut('200.01'), asItIs)).toContain(
      'could be asked for 199.99, no more for 200',
    ))
})
