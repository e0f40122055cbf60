import {
  alice,
  bob,
  carol,
  dave,
  fund,
  given,
  list,
  parameters,
  pool,
  price,
  registerAsset,
  setState,
  stated,
} from '../kit'
import { waitingOf } from './waiting'

describe('the statement', () => {
  it('says what traders have and what they owe gross, what could be paid out, and of a coin what may come in', () =>
    given(
      registerAsset('ETH', 4, { cap: '20' }),
      registerAsset('SOL', 4),
      alice.holds('5 USD'),
      alice.holds('1.5 ETH'),
      bob.holds('200 USD'),
      fund('7 USD'),
      list('A', { lot: '0.001' }),
      alice.bought('1 BTC-PERP at 50 from bob'),
      price('BTC-PERP', '40'),
    ).then(
      stated({
        uncapped: ['SOL'],
        assets: [
          expect.objectContaining({
            asset: 'ETH',
            cap: '20',
            custody: '1.5',
            credits: '1.5',
            debits: '0',
            liquidity: '1.5',
          }),
          expect.not.objectContaining({ cap: expect.anything() }),
          expect.objectContaining({ asset: 'USD', owed: '205', credits: '210', debits: '5', liquidity: '205' }),
        ],
      }),
    ))

  it('says of every position when it would be closed for the default of another', () =>
    given(
      parameters({ tradeBand: '1' }),
      alice.holds('20 USD'),
      bob.holds('200 USD'),
      carol.holds('500 USD'),
      dave.holds('500 USD'),
      bob.bought('1 BTC-PERP at 50 from alice'),
      carol.bought('1 BTC-PERP at 50 from alice'),
      dave.bought('1 BTC-PERP at 60 from alice'),
      price('BTC-PERP', '58'),
    ).then(
      alice.stands({ positions: [expect.objectContaining({ queue: { class: 0, rank: 1 } })] }),
      bob.stands({ positions: [expect.objectContaining({ queue: { class: 1, rank: 1 } })] }),
      carol.stands({ positions: [expect.objectContaining({ queue: { class: 1, rank: 2 } })] }),
      dave.stands({ positions: [expect.objectContaining({ queue: { class: 2, rank: 1 } })] }),
    ))

  it('lists an account in breach that nobody can sell, for it waits for a price', () =>
    given(
      alice.holds('12 USD'),
      bob.holds('200 USD'),
      alice.bought('1 BTC-PERP at 100 from bob'),
      setState('BTC-PERP', 'halted'),
      price('BTC-PERP', '89'),
    ).then(
      alice.stands({ status: 'liquidatable' }),
      stated({ open: [expect.objectContaining({ what: 'breach', id: 'alice' })] }),
      pool((now) => {
        const account = now.accounts.get('alice')
        expect(account && waitingOf(now, account)).toEqual({ for: 'price', missing: ['BTC-PERP'] })
      }),
    ))
})
