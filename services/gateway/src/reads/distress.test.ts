import { type Sent, tick } from '@novation/platform/kit'
import { market, openHouse } from '../kit/house'
import { momentOf } from '../moments/moment'
import { liquidation } from './distress'

const house = openHouse()
beforeAll(() =>
  house.happen(
    ...market,
    tick('4300'),
    tick('3900'),
    ['StartLiquidation', { account: 'alice' }, 'liquidator'],
    ...[100, 200, 300, 400, 500, 600, 700].map(
      (second): Sent => ['PublishPrice', { instrument: 'BTC-PERP', price: '3900' }, 'oracle', second],
    ),
  ),
)
afterAll(() => house.close())

const seenBy = (own?: string) =>
  liquidation.read(momentOf(house.book), { params: { liquidation: 'alice:1' }, own } as never)

describe('of an auction that is over', () => {
  it('whoever sees the pool is told at which stage it is', async () => {
    expect(seenBy()).toMatchObject({ right: { json: { stage: 'auction' } } })
    await house.happen(['PassTime', {}, 'clock', 700])
    expect(seenBy()).toMatchObject({ right: { json: { stage: expect.stringMatching(/backstop|deleverage/) } } })
  })

  it('nobody is told who could not bid any more, but whose account it is', () => {
    expect(seenBy('bob')).toMatchObject({ left: { code: 'not-found' } })
    expect(seenBy('alice')).toMatchObject({ right: { json: { account: 'alice' } } })
  })
})
