import { format } from '@novation/decimal'
import { alike } from '@novation/risk/kit'
import { deposit, given, list, open, pool, rejected, type Step, trade, type Wish } from '../kit'
import { asAnna, atTime, said, setIndex, withSources } from '../kit/oracle'
import { parameters } from '../kit/wishes'
import { begin, type World } from '../kit/world'
import { healthOf } from '../state/health'

const seven = ['s1', 's2', 's3', 's4', 's5', 's6', 's7']

const asking = (margin: object): Step => asAnna(parameters({ margin }))
const deal = (quantity: string): Step =>
  asAnna(trade({ trade: '', instrument: 'ETH-PERP', buyer: 'alice', seller: 'bob', quantity, price: '200' }))

/** Half of the sources are 3 and more away from the price of 200 that they make. */
const apart: Step = said('ETH/USD', '196', '197', '198', '200', '202', '203', '204')
const together: Step = said('ETH/USD', ...seven.map(() => '200'))
const later = (ms: number): Step => atTime(begin + ms)

/** Alice is long one at 200 with 25 of cash, bob short one. */
const begun: readonly (Step | Wish)[] = [
  withSources(...seven),
  asAnna(setIndex({ index: 'ETH-USD', quorum: 5, sources: alike(7), deviation: '0.5' })),
  asAnna(list('ETH-PERP', { index: 'ETH-USD' })),
  asAnna(parameters({ size: { share: '0', floor: '1000000' } })),
  ...['alice', 'bob'].flatMap((account) => [
    asAnna(open(account)),
    asAnna(deposit(account, account === 'alice' ? '25 USD' : '1000 USD')),
  ]),
  together,
  deal('1'),
]

const asked = ({ pool: now }: Pick<World, 'pool'>): readonly string[] => {
  const alice = now.accounts.get('alice')
  if (alice === undefined) throw new RangeError('no alice')
  const { initial, maintenance, status } = healthOf(now, alice)
  return [format(initial), format(maintenance), status]
}

describe('a price by which its sources differ', () => {
  it('costs who keeps a position nothing, where nothing is said of doubt', () =>
    given(...begun, later(1000), apart).then((world) => expect(asked(world)).toEqual(['20', '10', 'healthy'])))

  it('asks more of who takes risk, so many times what it is in doubt by, and no more of who keeps it', () =>
    given(...begun, asking({ doubtFactor: '1.5' }), later(1000), apart).then((world) =>
      expect(asked(world)).toEqual(['24.5', '10', 'healthy']),
    ))

  it('asks for what is more than usual only', () =>
    given(...begun, asking({ doubtFactor: '1.5', usualDoubt: '0.01' }), later(1000), apart).then((world) =>
      expect(asked(world)).toEqual(['21.5', '10', 'healthy']),
    ))

  it('calls who does not cover that, though the price is what it was, until they agree again', () => {
    const called = [...begun, asking({ doubtFactor: '2' }), later(1000), apart]
    const calls = (now: Parameters<Parameters<typeof pool>[0]>[0]) => [...now.standing.duties.call]
    given(...called).then((world) => expect(asked(world)).toEqual(['26', '10', 'restricted']))
    given(...called).then(pool((now) => expect(calls(now)).toEqual(['alice'])))
    given(...called, later(2000), together).then(pool((now) => expect(calls(now)).toEqual([])))
  })

  it('is no price to take more on, where that is not covered', () => {
    const more = asking({ doubtFactor: '20' })
    given(...begun, asAnna(deposit('alice', '25 USD')), later(1000), together, deal('1')).then((world) =>
      expect(asked(world)).toEqual(['40', '20', 'healthy']),
    )
    given(...begun, asAnna(deposit('alice', '25 USD')), more, later(1000), apart)
      .when(deal('1'))
      .then(rejected('insufficient-margin'))
  })

  it('is never asked less for', () =>
    given(...begun)
      .when(asking({ doubtFactor: '-1' }))
      .then(rejected('bad-parameter')))
})
