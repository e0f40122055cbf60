import { formatTime } from '@novation/events'
import { alike } from '@novation/risk/kit'
import { given, givenNothing, list, stated } from '../kit'
import { asAnna, atTime, carried, quote, said, setIndex, withSources } from '../kit/oracle'
import { begin } from '../kit/world'
import { statementOf } from './statement'

const seven = ['s1', 's2', 's3', 's4', 's5', 's6', 's7']
const begun = [
  withSources(...seven),
  asAnna(setIndex({ index: 'ETH-USD', quorum: 5, sources: alike(7) })),
  asAnna(list('ETH-PERP', { index: 'ETH-USD' })),
]
const all = (price: string) => said('ETH/USD', ...seven.map(() => price))

describe('the indices of a statement', () => {
  it('are none where none was ever set', () =>
    givenNothing().then(({ pool }) => expect(statementOf(pool)).not.toHaveProperty('indices')))

  it('say what each is, how it stands, and how its sources count', () =>
    given(...begun, all('200'), atTime(begin + 1000), all('202')).then(
      stated({
        indices: [
          {
            index: 'ETH-USD',
            base: 'ETH',
            currency: 'USD',
            price: '202',
            slow: '200',
            confidence: '0',
            observedAt: formatTime(begin + 1000),
            stale: false,
            quorum: 5,
            sources: seven.map((source) => ({
              source,
              weight: 1,
              counts: 'full',
              quotedAt: formatTime(begin + 1000),
            })),
          },
        ],
        instruments: expect.arrayContaining([
          expect.objectContaining({ instrument: 'ETH-PERP', index: 'ETH-USD', mark: '202', slow: '200' }),
        ]),
      }),
    ))

  it('say what is held, and who has signed two truths', () => {
    const other = quote({ source: 's7', base: 'ETH', currency: 'USD', at: formatTime(begin + 1000), price: '7' })
    const { pool } = given(...begun, all('200'), atTime(begin + 1000), all('300'), carried(other)).world
    const [index] = statementOf(pool).indices ?? []
    expect(index).toMatchObject({
      price: '200',
      held: { price: '300', since: formatTime(begin + 1000), why: 'deviation' },
      stale: true,
    })
    expect(index?.sources.at(-1)).toMatchObject({ source: 's7', counts: 'suspended' })
  })

  it('are stale before their first price', () =>
    given(...begun).then(({ pool }) =>
      expect(statementOf(pool).indices).toMatchObject([{ index: 'ETH-USD', stale: true }]),
    ))
})
