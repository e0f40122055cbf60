import { format } from '@novation/decimal'
import { after, alice, all, carol, given, list, parameters, price, startLiquidation, type Wish } from '../kit'
import { offerOf } from './offer'

const fund: Wish = { type: 'FundInsurance', data: { asset: 'USD', amount: '1000', tranche: 'fund' } }

const breached = (mark: string, buffer: string, time: string, then = mark) =>
  given(
    list('ETH-PERP', { lot: '0.1' }),
    parameters({ liquidation: { buffer, dust: '0' } }),
    alice.holds('100 USD'),
    alice.bought('10 ETH-PERP at 100 from bob'),
    carol.holds('100000 USD'),
    fund,
    price('ETH-PERP', mark),
    startLiquidation('alice'),
    all(after(time), price('ETH-PERP', then)),
  )

const offered = (given: ReturnType<typeof breached>) => {
  const { pool } = given.world
  const account = pool.accounts.get('alice')
  return account === undefined ? undefined : offerOf(pool, account)
}

describe('an offer', () => {
  it.each([
    ['at the start of an auction', '94', '1.1', '0 s'],
    ['later in it', '91', '1000', '300 s'],
    ['at its end', '91', '1000', '2099 s'],
    ['of an insolvent account', '84', '1.1', '300 s'],
  ])('%s is what a bid for all of it is then paid', (_, mark, buffer, time) => {
    const world = breached(mark, buffer, time)
    const offer = offered(world)
    world.when(carol.bids('1', 'alice:1')).then(({ happened }) => {
      const paid = happened
        .flatMap(({ postings }) => postings)
        .filter(({ account, asset }) => account === 'trader/carol' && asset === 'USD')
        .reduce((all, { amount }) => all + Number(amount), 0)
      const taken = happened.flatMap((event) =>
        event.type === 'PositionOpened' ? [[event.data.instrument, event.data.quantity, event.data.price]] : [],
      )
      expect(Number(format(offer?.paid ?? ('' as never)))).toBeCloseTo(paid, 9)
      expect(offer?.positions.map((one) => [one.instrument, format(one.quantity), format(one.mark)])).toEqual(taken)
    })
  })

  it('is none once the account is restored, nor of one that is not liquidated', () => {
    expect(offered(breached('94', '1.1', '0 s', '200'))).toBeUndefined()
    const { pool } = given(alice.holds('100 USD')).world
    const account = pool.accounts.get('alice')
    expect(account === undefined ? 'nobody' : offerOf(pool, account)).toBeUndefined()
  })
})
