import { btcPerp } from '@novation/platform/kit'
import { market, openHouse } from '../kit/house'
import { momentOf } from '../moments/moment'
import { price } from './prices'

const house = openHouse()
afterAll(() => house.close())

const staleness = (name: string) => price.read(momentOf(house.book), { params: { name } } as never)

it('a price grows old, and that at which a market has ended does not', async () => {
  const future = { ...btcPerp, instrument: 'BTC-MAR', kind: 'future', expiry: '2020-03-12T10:01:00Z' }
  await house.happen(
    ...market,
    ['ListInstrument', future],
    ['PublishPrice', { instrument: 'BTC-MAR', price: '5000' }, 'oracle', 50],
    ['PassTime', {}, 'clock', 60],
    ['PublishPrice', { instrument: 'BTC-PERP', price: '5000' }, 'oracle', 61],
    ['PassTime', {}, 'clock', 200],
  )
  expect([staleness('BTC-PERP'), staleness('BTC-MAR')]).toMatchObject([
    { right: { json: { stale: true } } },
    { right: { json: { stale: false } } },
  ])
})
