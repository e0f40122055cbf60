import { as, deposit, given, happened, open, price, rejected, type Step, type Wish } from '../kit'
import { adopted, atSecond, openWith, registerKey, setConsent, signedBy, timeOf } from '../kit/identity'
import { trade } from '../kit/wishes'
import { isAccepted } from '../kit/world'

const day = 86_400

const byAnna = (wish: Wish, ...others: readonly string[]): Step => signedBy(['A', ...others], as('operator:anna', wish))
const byVenue = (wish: Wish): Step => signedBy(['V'], as('venue', wish))
const byAlice = (wish: Wish): Step => signedBy(['K'], as('trader:alice', wish))

/** Alice trades on her own orders only. */
const begun: readonly Step[] = [
  adopted,
  byAnna(registerKey('V venue'), 'V'),
  byAnna(registerKey('K trader:alice'), 'K'),
  byVenue(openWith('alice', 'orders')),
  byVenue(open('bob')),
  ...['alice', 'bob'].map((account) => byVenue(deposit(account, '1000 USD'))),
]

const priced: Step = byAnna(price('BTC-PERP', '100'))
const traded: Step = byVenue(
  trade({ trade: '', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '100' }),
)

describe('what an owner says of her consent', () => {
  it('holds at once where it is as tight as what holds, and takes the place of a looser one that waits', () =>
    given(...begun, byAlice(setConsent('alice', 'venue')))
      .when(byAlice(setConsent('alice', 'orders')), atSecond(day), priced, traded)
      .then(happened('ConsentSet', { consent: 'orders', from: timeOf(0) }), rejected('order-missing')))

  it('is tighter or looser than what holds by then, whatever was said first', () =>
    given(...begun, byAlice(setConsent('alice', 'venue')), atSecond(day))
      .when(byAlice(setConsent('alice', 'withdrawals')))
      .then(happened('ConsentSet', { consent: 'withdrawals', from: timeOf(day) })))

  it('leaves in force what held by then, while a still looser one waits', () =>
    given(...begun, byAlice(setConsent('alice', 'withdrawals')), atSecond(day), byAlice(setConsent('alice', 'venue')))
      .when(priced, traded)
      .then(({ asked }) => expect(asked.map(isAccepted)).toEqual([true, true])))
})
