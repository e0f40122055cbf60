import {
  accepted,
  alice,
  assetPrice,
  deposit,
  fund,
  given,
  list,
  parameters,
  person,
  price,
  registerAsset,
  rejected,
  tried,
  type Wish,
} from '../kit'

describe('how large an owner may become', () => {
  const large = parameters({ size: { share: '0.1', floor: '0' } })
  const owned = (account: string, owner: string): Wish => ({ type: 'OpenAccount', data: { account, owner } })
  /** A tenth of a thousand is borne by others: a jump of 30 % of a notional of 1,000 may cost 100 more than the 200 that are there. */
  const given200 = [large, fund('1000 USD'), alice.holds('200 USD'), price('BTC-PERP', '100')]

  it('is what a jump leaves to others, at most their share of the prefunded layers', () => {
    given(...given200)
      .when(alice.bought('10 BTC-PERP at 100 from bob'))
      .then(accepted)
    given(...given200)
      .when(tried(alice.bought('10.001 BTC-PERP at 100 from bob')))
      .then(rejected('too-large'))
  })

  it('counts all accounts of one owner together', () =>
    given(large, fund('1000 USD'), owned('one', 'olga'), owned('two', 'olga'), price('BTC-PERP', '100'))
      .when(
        deposit('one', '200 USD'),
        deposit('two', '200 USD'),
        person('one').bought('10 BTC-PERP at 100 from bob'),
        tried(person('two').bought('7 BTC-PERP at 100 from bob')),
      )
      .then(rejected('too-large')))

  it('nets what follows one underlying', () =>
    given(
      ...given200,
      list('BTC-DEC', { underlying: 'BTC-PERP' }),
      alice.bought('10 BTC-PERP at 100 from bob'),
      price('BTC-DEC', '100'),
    )
      .when(alice.sold('5 BTC-DEC at 100 to bob'), alice.bought('5 BTC-PERP at 100 from bob'))
      .then(accepted))

  it('never keeps anybody from reducing', () =>
    given(...given200, alice.bought('10 BTC-PERP at 100 from bob'), price('BTC-PERP', '95'))
      .when(alice.sells('1 BTC-PERP at 95 to bob'))
      .then(accepted))

  it('lets nobody lose on coins, trade by trade, to a friend what others would have to bear', () => {
    // Ten are borne by others, and alice has no cash: what she loses is taken from what her coins are worth.
    const world = given(
      large,
      fund('100 USD'),
      parameters({ reduceBand: '0.01' }),
      registerAsset('COIN', 2, { haircut: '0.2' }),
      assetPrice('COIN', '1'),
      alice.holds('2000 COIN'),
      alice.bought('10 BTC-PERP at 100 from bob'),
    )
    world.when(alice.sells('10 BTC-PERP at 96 to bob')).then(rejected('beyond-band'))
    world.when(alice.sells('10 BTC-PERP at 99.1 to bob')).then(accepted)
  })

  it('refuses an underlying that is neither asset nor instrument', () =>
    given()
      .when(list('BTC-DEC', { underlying: 'BTC' }))
      .then(rejected('unknown-asset')))
})
