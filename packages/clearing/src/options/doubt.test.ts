import { format, subtract } from '@novation/decimal'
import { formatTime, usualModel } from '@novation/events'
import { alike } from '@novation/risk/kit'
import {
  deposit,
  forward,
  given,
  listOption,
  marketWorld,
  open,
  parameters,
  prepare,
  registerAsset,
  rejected,
  riskModel,
  type Step,
  trade,
  volatility,
  type Wish,
} from '../kit'
import { asAnna, atTime, carried, quote, setIndex, withSources } from '../kit/oracle'
import { begin, type World } from '../kit/world'
import { healthOf } from '../state/health'

const three = ['s1', 's2', 's3']

/** All of them say so, and by how much they may be wrong. */
const said =
  (price: string, confidence: string): Step =>
  (world) => {
    const at = formatTime(world.clock)
    return carried(...three.map((source) => quote({ source, base: 'BTC', currency: 'USD', at, price, confidence })))(
      world,
    )
  }

const doubtful = riskModel('BTC', { contingency: { ...usualModel.contingency, confidence: '2' } })

/** Options on a coin whose price is that of an index; alice holds a portfolio of one, and bob one alone. */
const begun: readonly (Step | Wish)[] = [
  withSources(...three),
  asAnna(setIndex({ index: 'BTC-USD', quorum: 3, sources: alike(3), deviation: '0.5' })),
  asAnna(registerAsset('BTC', 8, { index: 'BTC-USD' })),
  asAnna(doubtful),
  said('100', '0'),
  asAnna(forward('101')),
  asAnna(volatility('0.8')),
  asAnna(listOption('CALL', '100 call')),
  asAnna({ type: 'OpenAccount', data: { account: 'alice', margin: 'portfolio' } }),
  asAnna(open('bob')),
  ...['alice', 'bob'].map((account) => asAnna(deposit(account, '100 USD'))),
  asAnna(trade({ trade: '', instrument: 'CALL', buyer: 'alice', seller: 'bob', quantity: '3', price: '7.62465429' })),
]
const later: Step = atTime(begin + 1000)

const marginsOf = ({ pool }: Pick<World, 'pool'>, id: string) => {
  const account = pool.accounts.get(id)
  if (account === undefined) throw new RangeError(`no ${id}`)
  return healthOf(pool, account)
}

/** By how much more is asked where the index says that it may be wrong by so much. */
const moreAsked = (id: string, confidence: string, ...before: readonly (Step | Wish)[]) => {
  const [sure, doubted] = ['0', confidence].map((of) =>
    marginsOf(prepare(marketWorld, [...begun, ...before, later, said('100', of)]), id),
  )
  if (sure === undefined || doubted === undefined) throw new RangeError('two worlds')
  return {
    initial: format(subtract(doubted.initial, sure.initial)),
    maintenance: format(subtract(doubted.maintenance, sure.maintenance)),
  }
}

describe('where an index says that it may be wrong', () => {
  it.each(['alice', 'bob'])(
    'more is asked of %s to take risk, twice so much for each of three, and no more to keep it',
    (id) => expect(moreAsked(id, '1.5')).toEqual({ initial: '9', maintenance: '0' }),
  )

  it('nothing is for what is usual', () =>
    expect(moreAsked('alice', '1.5', asAnna(parameters({ margin: { usualDoubt: '0.01' } })))).toEqual({
      initial: '3',
      maintenance: '0',
    }))

  it('what is usual is a share', () =>
    given(...begun)
      .when(asAnna(parameters({ margin: { usualDoubt: '-0.01' } })))
      .then(rejected('bad-parameter')))
})
