import { calm, type Line, runLines, storedOf } from '../test-world'
import { disclosure } from './disclosure'

const hour_s = 3600

const stressed = async (lines: readonly Line[], interval_s = hour_s) => {
  const found = await disclosure(storedOf(runLines(lines)), {
    pool: 'main',
    to: { tag: 'end' },
    stress: '0.2',
    interval_s,
  })
  return found?.figures.find(({ reference }) => reference === '4.4')?.value
}

const tick = (second: number, price: string): Line => [
  second,
  'PublishPrice',
  { instrument: 'BTC-PERP', price },
  'oracle',
]

const dora: readonly Line[] = [
  [11, 'OpenAccount', { account: 'dora' }, 'venue'],
  [11, 'Deposit', { account: 'dora', asset: 'USD', amount: '600' }, 'venue'],
  [
    12,
    'ClearTrade',
    { trade: 't-9', instrument: 'BTC-PERP', buyer: 'dora', seller: 'kim', quantity: '4', price: '1000' },
    'venue',
  ],
]

describe('stress under the worst recorded moves', () => {
  it('loses nothing where prices never moved', async () => {
    expect(await stressed(calm)).toMatchObject({ oneParticipant: '0', moves: { 'BTC-PERP': { fall: '0', rise: '0' } } })
  })

  it('takes the worst recorded move, and what equity does not bear of it', async () => {
    // Up by a quarter, down by a fifth. At 1000 a fall by a fifth takes 2000 from alice, who has 1490.
    expect(await stressed([...calm, tick(20, '1250'), tick(30, '1000')])).toEqual({
      oneParticipant: '510',
      twoParticipants: '510',
      moves: { 'BTC-PERP': { fall: '-0.2', rise: '0.25' }, USD: { fall: '0', rise: '0' } },
    })
  })

  it('adds the two accounts that lose most in the same scenario', async () => {
    expect(await stressed([...calm, ...dora, tick(20, '1250'), tick(30, '1000')])).toMatchObject({
      oneParticipant: '510',
      twoParticipants: '710',
    })
  })

  it('takes a rise where that is the worse', async () => {
    // After the fall bob has 5000 and 2600 of profit on 13 short at 800; a rise by 100 % takes 10,400.
    const lines = [...calm, tick(20, '400'), tick(30, '800')]
    expect(await stressed(lines)).toMatchObject({ moves: { 'BTC-PERP': { fall: '-0.6', rise: '1' } } })
  })

  it('knows no move that took longer than the interval', async () => {
    const lines = [...calm, tick(20, '1250'), tick(5000, '1000')]
    expect(await stressed(lines)).toMatchObject({ oneParticipant: '0' })
    expect(await stressed(lines, 2 * hour_s)).toMatchObject({ oneParticipant: '510' })
  })

  it('moves collateral in other assets with the rest', async () => {
    const eth = (second: number, price: string): Line => [second, 'PublishPrice', { asset: 'ETH', price }, 'oracle']
    const found = await stressed([
      ...calm,
      [11, 'RegisterAsset', { asset: 'ETH', decimals: 8, haircut: '0' }],
      eth(12, '200'),
      [13, 'Deposit', { account: 'alice', asset: 'ETH', amount: '1' }, 'venue'],
      eth(14, '100'),
      tick(20, '1250'),
      tick(30, '1000'),
    ])
    // alice: 1490 and 50 of the 100 that her ETH are worth, less 2000.
    expect(found).toMatchObject({ oneParticipant: '460' })
  })
})
