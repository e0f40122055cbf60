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
  return found?.figures.find(({ name }) => name === 'recordedStress')?.value
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

  it('adds no third', async () => {
    // eve, long 3 with 500, would lack 100 after a fall by a fifth
    const eve: readonly Line[] = [
      [11, 'OpenAccount', { account: 'eve' }, 'venue'],
      [11, 'Deposit', { account: 'eve', asset: 'USD', amount: '500' }, 'venue'],
      [
        12,
        'ClearTrade',
        { trade: 't-10', instrument: 'BTC-PERP', buyer: 'eve', seller: 'kim', quantity: '3', price: '1000' },
        'venue',
      ],
    ]
    expect(await stressed([...calm, ...dora, ...eve, tick(20, '1250'), tick(30, '1000')])).toMatchObject({
      oneParticipant: '510',
      twoParticipants: '710',
    })
  })

  it('takes the rise where that is the worse', async () => {
    const house = calm.filter(([, type]) => type !== 'ClearTrade' && type !== 'PayFunding')
    const short: Line = [
      12,
      'ClearTrade',
      { trade: 't-9', instrument: 'BTC-PERP', buyer: 'kim', seller: 'dora', quantity: '4', price: '1000' },
      'venue',
    ]
    // A fall by a fifth, then a rise by a quarter, which at 1000 takes 1000 from dora, who has 600.
    const lines = [...house, ...dora.slice(0, 2), short, tick(20, '800'), tick(30, '1000')]
    expect(await stressed(lines)).toMatchObject({ oneParticipant: '400', twoParticipants: '400' })
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
