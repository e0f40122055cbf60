import type { Order } from '@novation/events'
import fc from 'fast-check'
import {
  accepted,
  alice,
  as,
  bid,
  carol,
  deposit,
  given,
  happened,
  open,
  pool,
  price,
  rejected,
  type Step,
  send,
  startLiquidation,
  take,
  type Wish,
} from '../kit'
import {
  adopted,
  atSecond,
  cancelOrder,
  onOrders,
  openWith,
  order,
  registerKey,
  renewDomain,
  revokeKey,
  setConsent,
  signed,
  signedBy,
  timeOf,
} from '../kit/identity'
import { trade } from '../kit/wishes'
import { commandOf, isAccepted, type World } from '../kit/world'
import { takeSnapshot } from '../proof/snapshot'
import type { Identity } from '../state/identity'

const day = 86_400

const byAnna = (wish: Wish, ...others: readonly string[]): Step => signedBy(['A', ...others], as('operator:anna', wish))
const byVenue = (wish: Wish): Step => signedBy(['V'], as('venue', wish))
const byAlice = (wish: Wish): Step => signedBy(['K'], as('trader:alice', wish))

/** Alice trades on her own orders only, signed with K; bob leaves that to the venue, and has a key all the same. */
const market: readonly Step[] = [
  adopted,
  byAnna(registerKey('C clock'), 'C'),
  byAnna(registerKey('V venue'), 'V'),
  byVenue(openWith('alice', 'orders')),
  byVenue(open('bob')),
  byVenue(deposit('alice', '100000 USD')),
  byVenue(deposit('bob', '100000 USD')),
  byAnna(registerKey('K trader:alice'), 'K'),
  byAnna(registerKey('L keeper:bob'), 'L'),
  byAnna(price('BTC-PERP', '100')),
]

/** Alice buys from bob. */
const buy = (text: string, ...orders: readonly Order[]): Step => {
  const [quantity = '', at = ''] = text.split(' at ')
  const wish = trade({ trade: '', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity, price: at })
  return byVenue(orders.length === 0 ? wish : onOrders(wish, ...orders))
}

const wanted = order('o-1: alice buys 3 BTC-PERP at 101', { by: 'K' })
const identityOf = ({ pool: { identity } }: World): Identity => {
  if (identity === undefined) throw new Error('the pool is open')
  return identity
}

describe('an owner who trades on orders only', () => {
  it('is not traded for by the venue alone', () =>
    given(...market)
      .when(buy('1 at 100'))
      .then(rejected('order-missing')))

  it('is traded for within an order, at its limit or better, in as many parts as it takes', () =>
    given(...market)
      .when(buy('1 at 101', wanted), buy('2 at 99', wanted))
      .then(
        accepted,
        happened('TradeCleared', {
          fills: [expect.objectContaining({ account: 'alice', order: 'o-1', filled: '3', until: wanted.until })],
        }),
      ))

  it.each([
    ['beyond its limit', buy('1 at 101.01', wanted)],
    ['for more than it says', buy('3.001 at 100', wanted)],
  ])('is not traded for %s', (_, step) =>
    given(...market)
      .when(step)
      .then(rejected('order-exceeded')),
  )

  it('is not traded for again once an order is filled, nor for more than is left of it', () =>
    given(...market, buy('2 at 100', wanted))
      .when(buy('2 at 100', wanted), buy('1 at 100', wanted), buy('0.001 at 100', wanted))
      .then(({ asked }) => expect(asked.map(isAccepted)).toEqual([false, true, false])))

  it('has its order counted by what was signed: another of the same name is another order', () =>
    given(...market, buy('3 at 100', wanted))
      .when(buy('1 at 100', order('o-1: alice buys 1 BTC-PERP at 101', { by: 'K' })))
      .then(accepted))

  it.each<[string, Order | undefined, ...Step[]]>([
    ['for another instrument', order('o-1: alice buys 3 ETH-PERP at 101', { by: 'K' })],
    ['to sell', order('o-1: alice sells 3 BTC-PERP at 99', { by: 'K' })],
    ['of another account', order('o-1: bob buys 3 BTC-PERP at 101', { by: 'L' })],
    ["signed with somebody else's key", order('o-1: alice buys 3 BTC-PERP at 101', { by: 'L' })],
    ['signed with a key of nobody', order('o-1: alice buys 3 BTC-PERP at 101', { by: 'X' })],
    ['signed by the venue', order('o-1: alice buys 3 BTC-PERP at 101', { by: 'V' })],
    ['signed by an operator', order('o-1: alice buys 3 BTC-PERP at 101', { by: 'A' })],
    ['signed for another pool', order('o-1: alice buys 3 BTC-PERP at 101', { by: 'K', domain: 'd1' })],
    ['whose limit was raised', { ...wanted, limit: '1000' }],
    ['whose quantity was raised', { ...wanted, quantity: '30' }],
    ['whose time was lengthened', { ...wanted, until: timeOf(7200) }],
    [
      'with the signature of another',
      { ...wanted, signature: order('o-2: alice buys 3 BTC-PERP at 101', { by: 'K' }).signature },
    ],
    ['whose time is over', order('o-1: alice buys 3 BTC-PERP at 101', { by: 'K', until: timeOf(59) }), atSecond(60)],
    [
      'of a key that waits',
      order('o-1: alice buys 3 BTC-PERP at 101', { by: 'N' }),
      signedBy(['K', 'N'], as('trader:alice', registerKey('N trader:alice'))),
    ],
    ['of a key that was revoked', wanted, byAlice(revokeKey('K'))],
    ['that was taken back', wanted, byAlice(cancelOrder('alice', 'o-1'))],
    ['that was taken back with its time', wanted, byAlice(cancelOrder('alice', 'o-1', wanted.until))],
    [
      'that was taken back twice, the first time for longer',
      wanted,
      byAlice(cancelOrder('alice', 'o-1')),
      byAlice(cancelOrder('alice', 'o-1', timeOf(60))),
    ],
    ['of before the domain was renewed', wanted, byAnna(renewDomain('d1'))],
  ])('is not traded for on one %s', (_, shown, ...before) =>
    given(...market, ...before)
      .when((world) => {
        const wish = trade({
          trade: '',
          instrument: 'BTC-PERP',
          buyer: 'alice',
          seller: 'bob',
          quantity: '1',
          price: '100',
        })
        const command = commandOf(world, as('venue', onOrders(wish, ...(shown === undefined ? [] : [shown]))))
        return send(world, signed(command, ['V'], { domain: identityOf(world).domain }))
      })
      .then(rejected('order-missing')),
  )

  it('is traded for until the very moment that its order says', () =>
    given(...market, atSecond(60), byAnna(price('BTC-PERP', '100')))
      .when(buy('1 at 100', order('o-1: alice buys 3 BTC-PERP at 101', { by: 'K', until: timeOf(60) })))
      .then(accepted))

  it('trades on one order at a time', () =>
    given(...market)
      .when(buy('1 at 100', wanted, order('o-2: alice buys 3 BTC-PERP at 101', { by: 'K' })))
      .then(rejected('order-missing')))

  it('keeps what was filled before an order was taken back, and may order anew under another name', () =>
    given(...market, buy('1 at 100', wanted), byAlice(cancelOrder('alice', 'o-1')))
      .when(buy('1 at 100', order('o-2: alice buys 1 BTC-PERP at 101', { by: 'K' })))
      .then(
        accepted,
        pool(({ accounts }) => expect(accounts.get('alice')?.positions.get('BTC-PERP')?.quantity).toBeDefined()),
      ))

  it('takes over nothing in an auction without a key of its own', () =>
    given(
      ...market,
      byVenue(open('carl')),
      byVenue(deposit('carl', '20 USD')),
      byVenue(trade({ trade: '', instrument: 'BTC-PERP', buyer: 'carl', seller: 'bob', quantity: '1', price: '100' })),
      byAnna(registerKey('Q liquidator'), 'Q'),
      byAnna(price('BTC-PERP', '83')),
      signedBy(['Q'], as('liquidator', startLiquidation('carl'))),
    )
      .when(byVenue(bid('carl:1', 'alice', '1')), byAlice(bid('carl:1', 'alice', '1')))
      .then(({ asked }) =>
        expect(
          asked.map(({ processed }) => (processed.tag === 'decided' ? processed.rejection?.code : processed)),
        ).toEqual(['consent-missing', undefined]),
      ))

  it('is traded for by the venue again a day after it has said so, and not before', () =>
    given(...market, byAlice(setConsent('alice', 'venue')))
      .when(buy('1 at 100'), atSecond(day), byAnna(price('BTC-PERP', '100')), buy('1 at 100'))
      .then(({ asked }) => expect(asked.map(isAccepted)).toEqual([false, true, true])))
})

describe('an order that need not be shown', () => {
  const sold = order('o-9: bob sells 2 BTC-PERP at 99', { by: 'L' })

  it('holds the trade to it all the same, and is counted', () =>
    given(...market, buy('1 at 100', wanted, sold))
      .when(buy('1 at 98', wanted, sold), buy('1 at 99', wanted, sold), buy('1 at 99', wanted, sold))
      .then(({ asked }) => expect(asked.map(isAccepted)).toEqual([false, true, false])))

  it('is of one of the two sides', () =>
    given(...market)
      .when(buy('1 at 100', wanted, order('o-3: carol sells 2 BTC-PERP at 99', { by: 'L' })))
      .then(rejected('order-missing')))

  it('is of no use where nobody has keys', () =>
    given(alice.holds('1000 USD'), carol.holds('1000 USD'), price('BTC-PERP', '100'))
      .when(
        onOrders(
          trade({ trade: '', instrument: 'BTC-PERP', buyer: 'alice', seller: 'carol', quantity: '1', price: '100' }),
          wanted,
        ),
      )
      .then(rejected('not-adopted')))
})

describe('what is remembered of orders', () => {
  it('is forgotten once they cannot be filled any more, when next one is, and an hour has gone by', () => {
    const { world } = given(
      ...market,
      buy('1 at 100', order('o-1: alice buys 3 BTC-PERP at 101', { by: 'K', until: timeOf(60) })),
    )
    expect(identityOf(world).fills.size).toBe(1)
    const lasting = order('o-2: alice buys 3 BTC-PERP at 101', { by: 'K', until: timeOf(2 * day) })
    const soon = [atSecond(3000), byAnna(price('BTC-PERP', '100')), buy('1 at 100', lasting)].reduce(take, world)
    expect(identityOf(soon).fills.size).toBe(2)
    const later = [atSecond(9000), byAnna(price('BTC-PERP', '100')), buy('1 at 100', lasting)].reduce(take, soon)
    expect([...identityOf(later).fills.values()].map(({ until }) => until)).toEqual([Date.parse(lasting.until)])
  })

  it('stays as long as they can be filled, also where others are forgotten', () =>
    given(...market, buy('2 at 100', order('o-1: alice buys 3 BTC-PERP at 101', { by: 'K', until: timeOf(7200) })))
      .when(
        atSecond(3700),
        byAnna(price('BTC-PERP', '100')),
        buy('1 at 100', order('o-2: alice buys 3 BTC-PERP at 101', { by: 'K', until: timeOf(day) })),
        buy('2 at 100', order('o-1: alice buys 3 BTC-PERP at 101', { by: 'K', until: timeOf(7200) })),
      )
      .then(rejected('order-exceeded')))

  it('stays taken back up to the very moment until which that was said', () =>
    given(...market, byAlice(cancelOrder('alice', 'o-1', wanted.until)))
      .when(
        atSecond(3600),
        byAnna(price('BTC-PERP', '100')),
        byAlice(cancelOrder('alice', 'o-2')),
        buy('1 at 100', wanted),
      )
      .then(rejected('order-missing')))

  it('is taken back for as long as was said, and forgotten with those whose time is over', () => {
    const taken = given(...market, byAlice(cancelOrder('alice', 'o-1', timeOf(60)))).world
    expect([...identityOf(taken).cancelled.keys()]).toEqual(['alice/o-1'])
    given(...market, byAlice(cancelOrder('alice', 'o-1', timeOf(60))))
      .when(buy('1 at 100', wanted))
      .then(accepted)
    const later = [atSecond(9000), byAlice(cancelOrder('alice', 'o-2'))].reduce(take, taken)
    expect([...identityOf(later).cancelled.keys()]).toEqual(['alice/o-2'])
  })

  it('stands in a snapshot', () => {
    const { world } = given(...market, buy('1 at 100', wanted), byAlice(cancelOrder('alice', 'o-7')))
    const { identity } = takeSnapshot(world.pool).state as {
      identity: { fills: readonly unknown[]; cancelled: unknown }
    }
    expect(identity.fills).toEqual([[expect.any(String), { filled: '1', until: Date.parse(wanted.until) }]])
    expect(identity.cancelled).toEqual([['alice/o-7', Number.MAX_SAFE_INTEGER]])
  })

  it('never lets more through than was signed, whatever is tried', () => {
    const begun = given(...market).world
    const orders = [1, 2, 3].map((n) => order(`o-${n}: alice buys ${n} BTC-PERP at ${99 + n}`, { by: 'K' }))
    const attempt = fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 98, max: 104 }))
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 20 }), (tries) => {
        const bought = [0, 0, 0]
        let world = begun
        for (const [which, tenths, at] of tries) {
          const shown = orders[which] as Order
          world = buy(`${tenths / 10} at ${at}`, shown)(world)
          const last = world.sent.at(-1)
          if (last === undefined || !isAccepted(last)) continue
          bought[which] = (bought[which] ?? 0) + tenths
          expect(at).toBeLessThanOrEqual(Number(shown.limit))
        }
        for (const [i, { quantity }] of orders.entries()) expect(bought[i]).toBeLessThanOrEqual(Number(quantity) * 10)
      }),
      { numRuns: 40 },
    )
  }, 60_000)
})
