import type { LedgerEvent } from '@novation/events'
import { alice, bob, fund, given, list, parameters, price } from '../kit'
import { asItIs, told } from './altered'
import { nobodyGrowsTooLarge } from './large'

/** Alice is long 10 and short 10 of what follows it, and gives up a part of the hedge; then she takes out what may be. */
const { world } = given(
  fund('1000 USD'),
  parameters({ size: { share: '0.1', floor: '0' } }),
  list('BTC-DEC', { underlying: 'BTC-PERP' }),
  price('BTC-PERP', '100'),
  price('BTC-DEC', '100'),
  alice.holds('200 USD'),
  bob.holds('100000 USD'),
  alice.buys('5 BTC-PERP at 100 from bob'),
  alice.sells('5 BTC-DEC at 100 to bob'),
  alice.buys('5 BTC-PERP at 100 from bob'),
  alice.sells('5 BTC-DEC at 100 to bob'),
  alice.buys('10 BTC-DEC at 100 from bob'),
)

/** The same, where others bear such a share of what the layers hold. */
const bearing = (share: string): { readonly events: readonly LedgerEvent[] } => ({
  events: world.events.map((event) =>
    event.type === 'PoolParametersSet'
      ? { ...event, data: { parameters: { ...event.data.parameters, size: { share, floor: '0' } } } }
      : event,
  ),
})

describe('that nobody grows too large', () => {
  it('holds where others bear what a jump would cost', () =>
    expect(told(nobodyGrowsTooLarge, bearing('0.1'), asItIs)).toBeUndefined())

  it('is broken by a hedge that is given up, where they bear less', () =>
    expect(told(nobodyGrowsTooLarge, bearing('0.09'), asItIs)).toBe(
      'alice is larger afterwards than others bear of its owner',
    ))
})
