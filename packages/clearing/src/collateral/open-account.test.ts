import { accepted, alice, as, given, happened, nothingHappened, open, pool, refused, rejected } from '../kit'

describe('open account', () => {
  it('opens a cross-margined account unless said otherwise', () =>
    given()
      .when(alice.opens())
      .then(
        accepted,
        happened('AccountOpened', { account: 'alice', margin: 'cross' }),
        alice.stands({ status: 'healthy', equity: '0', initialMargin: '0', collateral: {}, positions: [] }),
      ))

  it('opens an isolated one', () =>
    given()
      .when(alice.opens('isolated'))
      .then(pool(({ accounts }) => expect(accounts.get('alice')?.margin).toBe('isolated'))))

  it('keeps the owner as an opaque reference in the event', () =>
    given()
      .when({ type: 'OpenAccount', data: { account: 'alice', owner: 'customer 17' } })
      .then(happened('AccountOpened', { owner: 'customer 17' })))

  it('opens no name twice', () => given(alice.opens()).when(alice.opens('isolated')).then(rejected('account-exists')))

  it('may share a name with an asset or an instrument, since accounts are named apart', () =>
    given(open('USD'), open('BTC-PERP')).when(open('custody')).then(accepted))

  it('is asked by a venue, not by the trader', () =>
    given().when(as('trader:alice', alice.opens())).then(refused('not-permitted'), nothingHappened))
})
