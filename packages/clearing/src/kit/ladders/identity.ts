import type { Order } from '@novation/events'
import {
  adopt,
  adopted,
  cancelOrder,
  onOrders,
  openWith,
  order,
  registerKey,
  renewDomain,
  revokeKey,
  setConsent,
  signedBy,
} from '../identity'
import { as, bid, deposit, open, price, startLiquidation, trade, withdraw } from '../wishes'
import type { Step, Wish } from '../world'
import { type Ladder, rung } from './ladder'

/** Asked by anna with her key A, and those beside it. */
const byAnna = (wish: Wish, ...others: readonly string[]): Step => signedBy(['A', ...others], as('operator:anna', wish))

/** K is alice's; what she registers herself waits for a day. */
const ofAlice: readonly Step[] = [byAnna(registerKey('K trader:alice'), 'K'), byAnna(registerKey('V venue'), 'V')]

/** One contract, from bob, on orders. */
const buys = (buyer: string, at: string, ...orders: readonly Order[]): Wish => {
  const wish = trade({ trade: '', instrument: 'BTC-PERP', buyer, seller: 'bob', quantity: '1', price: at })
  return orders.length === 0 ? wish : onOrders(wish, ...orders)
}

const wanted = order('o-1: alice buys 1 BTC-PERP at 101', { by: 'K' })
const alicesOrders = signedBy(['K'], as('trader:alice', setConsent('alice', 'orders')))

export const identityLadders: readonly Ladder[] = [
  {
    command: 'AdoptIdentity',
    given: [],
    rungs: [
      rung('key-missing', adopt('A venue', 'B venue')),
      rung('bad-parameter', signedBy(['A', 'B'], adopt('A venue', 'B venue'))),
      rung('bad-parameter', signedBy(['A'], adopt('A operator'))),
      rung('bad-parameter', signedBy(['A'], adopt('A operator:anna', 'A operator:ben'))),
      rung('bad-parameter', adopt()),
      rung('accepted', signedBy(['A', 'B'], adopt('A operator:anna', 'B operator:ben'))),
    ],
  },
  {
    command: 'AdoptIdentity',
    given: [adopted],
    rungs: [rung('already-adopted', byAnna(adopt('A venue', 'B venue')))],
  },
  {
    command: 'RenewDomain',
    given: [],
    rungs: [
      rung('not-adopted', renewDomain('d0')),
      rung('bad-parameter', byAnna(renewDomain('d0')), adopted),
      rung('accepted', byAnna(renewDomain('d1'))),
    ],
  },
  {
    command: 'RegisterKey',
    given: [open('alice')],
    rungs: [
      rung('not-adopted', registerKey('A nobody')),
      rung('key-exists', byAnna(registerKey('K trader:alice')), adopted, ...ofAlice),
      rung('key-missing', byAnna(registerKey('V nobody'))),
      rung('bad-parameter', byAnna(registerKey('V nobody'), 'V')),
      rung('accepted', byAnna(registerKey('V venue:b'), 'V')),
    ],
  },
  {
    command: 'RevokeKey',
    given: [open('alice')],
    rungs: [
      rung('unknown-key', revokeKey('K')),
      rung('unknown-key', byAnna(revokeKey('X')), adopted, ...ofAlice),
      rung('not-own-key', byAnna(revokeKey('K'))),
      rung('last-key', byAnna(revokeKey('A')), byAnna(revokeKey('B'))),
      rung('accepted', byAnna(revokeKey('V'))),
    ],
  },
  {
    command: 'SetConsent',
    given: [open('alice')],
    rungs: [
      rung('unknown-account', as('trader:nobody', setConsent('nobody', 'withdrawals'))),
      rung('not-adopted', as('trader:alice', setConsent('alice', 'withdrawals'))),
      rung(
        'accepted',
        signedBy(['K'], as('trader:alice', setConsent('alice', 'withdrawals'))),
        ...[adopted, ...ofAlice],
      ),
    ],
  },
  {
    command: 'OpenAccount',
    given: [open('alice')],
    rungs: [
      rung('account-exists', openWith('alice', 'withdrawals')),
      rung('not-adopted', openWith('bob', 'withdrawals')),
      rung('accepted', byAnna(openWith('bob', 'withdrawals')), adopted),
    ],
  },
  {
    command: 'CancelOrder',
    given: [open('alice')],
    rungs: [
      rung('unknown-account', as('trader:nobody', cancelOrder('nobody', 'o-1'))),
      rung('not-adopted', as('trader:alice', cancelOrder('alice', 'o-1'))),
      rung('accepted', signedBy(['K'], as('trader:alice', cancelOrder('alice', 'o-1'))), adopted, ...ofAlice),
    ],
  },
  {
    command: 'ClearTrade',
    given: [open('alice'), open('bob')],
    rungs: [
      rung('unknown-account', buys('nobody', '0', wanted)),
      rung('not-adopted', buys('alice', '0', wanted)),
      rung('order-missing', byAnna(buys('alice', '0')), adopted, ...ofAlice, alicesOrders),
      rung('order-exceeded', byAnna(buys('alice', '102', wanted))),
      rung('not-positive', byAnna(buys('alice', '0', wanted))),
      rung(
        'accepted',
        byAnna(buys('alice', '100', wanted)),
        byAnna(price('BTC-PERP', '100')),
        byAnna(deposit('alice', '100 USD')),
        byAnna(deposit('bob', '100 USD')),
      ),
    ],
  },
  {
    command: 'BidLiquidation',
    given: [
      adopted,
      ...ofAlice,
      byAnna(registerKey('Q liquidator'), 'Q'),
      ...['bob', 'carl'].map((id) => byAnna(open(id))),
      byAnna(openWith('dora', 'orders')),
      byAnna(registerKey('D keeper:dora'), 'D'),
      byAnna(deposit('bob', '1000 USD')),
      byAnna(deposit('carl', '20 USD')),
      byAnna(deposit('dora', '1000 USD')),
      byAnna(price('BTC-PERP', '100')),
      byAnna(buys('carl', '100')),
      byAnna(price('BTC-PERP', '83')),
      signedBy(['Q'], as('liquidator', startLiquidation('carl'))),
    ],
    rungs: [
      rung('unknown-liquidation', byAnna(bid('carl:2', 'dora', '2'))),
      rung('consent-missing', byAnna(bid('carl:1', 'dora', '2'))),
      rung('bad-parameter', byAnna(bid('carl:1', 'dora', '2'), 'D')),
      rung('accepted', byAnna(bid('carl:1', 'dora', '1'), 'D')),
    ],
  },
  {
    command: 'Withdraw',
    given: [adopted, byAnna(openWith('alice', 'withdrawals')), byAnna(registerKey('K trader:alice'), 'K')],
    rungs: [
      rung('unknown-account', byAnna(withdraw('nobody', '-0.001 XXX'))),
      rung('unknown-asset', byAnna(withdraw('alice', '-0.001 XXX'))),
      rung('consent-missing', byAnna(withdraw('alice', '-0.001 USD'))),
      rung('too-many-places', byAnna(withdraw('alice', '-0.001 USD'), 'K')),
      rung('accepted', byAnna(withdraw('alice', '1 USD'), 'K'), byAnna(deposit('alice', '1 USD'))),
    ],
  },
]
