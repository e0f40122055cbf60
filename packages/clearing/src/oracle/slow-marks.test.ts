import { decimal, format, isNegative } from '@novation/decimal'
import { alike, type CourseIndex } from '@novation/risk/kit'
import fc from 'fast-check'
import {
  accepted,
  checkLaws,
  deposit,
  given,
  happened,
  list,
  open,
  pool,
  registerAsset,
  rejected,
  type Step,
  trade,
  type Wish,
  withdraw,
} from '../kit'
import { registerKey, signedBy } from '../kit/identity'
import { asAnna, atTime, said, setIndex, withSources } from '../kit/oracle'
import { as, bid, parameters, passTime, startLiquidation } from '../kit/wishes'
import { begin, take, type World } from '../kit/world'
import { healthOf } from '../state/health'

const seven = ['s1', 's2', 's3', 's4', 's5', 's6', 's7']
const index: CourseIndex = { index: 'ETH-USD', quorum: 5, sources: alike(7), deviation: '0.5' }

const deal = (buyer: string, seller: string, quantity: string, price: string): Step =>
  asAnna(trade({ trade: '', instrument: 'ETH-PERP', buyer, seller, quantity, price }))

/** A perpetual and a coin whose price is that of an index, which believes what it hears; people with cash. */
const begun: readonly (Step | Wish)[] = [
  withSources(...seven),
  asAnna(registerKey('C clock'), 'C'),
  asAnna(registerKey('L liquidator'), 'L'),
  asAnna(setIndex(index)),
  asAnna(list('ETH-PERP', { index: 'ETH-USD' })),
  asAnna(registerAsset('ETH', 6, { index: 'ETH-USD', haircut: '0.1' })),
  asAnna(parameters({ priceTolerance_s: 3600, wear_s: 36_000, size: { share: '0', floor: '1000000' } })),
  ...['alice', 'bob', 'carol'].flatMap((account) => [
    asAnna(open(account)),
    asAnna(deposit(account, account === 'alice' ? '30 USD' : '1000 USD')),
  ]),
]
const at = (ms: number): Step => atTime(begin + ms)
const all = (price: string): Step => said('ETH/USD', ...seven.map(() => price))
const timePasses = signedBy(['C'], as('clock', passTime))
const liquidated = signedBy(['L'], as('liquidator', startLiquidation('alice')))

/** Alice is long one at 200 with 30 of cash: at 178 she is worth 8, below a maintenance margin of 8.9. */
const long = [...begun, all('200'), deal('alice', 'bob', '1', '200')]
const starts = (now: Parameters<Parameters<typeof pool>[0]>[0]) => [...now.standing.duties.start]

const healthOfAlice = (world: Pick<World, 'pool'>) => {
  const alice = world.pool.accounts.get('alice')
  if (alice === undefined) throw new RangeError('no alice')
  const { worst, best, marked, equity } = healthOf(world.pool, alice)
  return [worst, best, marked, equity].map(format)
}

describe('beside the price of an index stands a slow one', () => {
  it('and who holds something is worth the worse of them at the worst, and the better at the best', () => {
    given(...long, at(1000), all('178')).then((world) => expect(healthOfAlice(world)).toEqual(['8', '30', '8', '8']))
    given(...long, at(1000), all('210')).then((world) => expect(healthOfAlice(world)).toEqual(['30', '40', '40', '40']))
  })

  it('position by position, and coin by coin', () =>
    given(
      ...begun,
      all('200'),
      asAnna(deposit('alice', '1 ETH')),
      deal('bob', 'alice', '1', '200'),
      at(1000),
      all('150'),
    ).then((world) => expect(healthOfAlice(world)).toEqual(['180', '280', '230', '230'])))

  it('so a spike liquidates nobody at its own tick, however long the silence before it', () => {
    for (const silence of [1000, 59_000])
      given(...long, at(silence), all('178')).then(pool((now) => expect(starts(now)).toEqual([])))
  })

  it('and one that stands does, once the slow price has come as far', () => {
    // Of 22 it must come 21.1 down: x = 22, y = 21.1, so it stands 15 s * ln(22 / 0.9) at least.
    const steps = Array.from({ length: 60 }, (_, i) => [at(1000 * (i + 2)), all('178')]).flat()
    const world = given(...long, at(1000), all('178'), ...steps).world
    expect(starts(world.pool)).toEqual(['alice'])
    const stood = world.events.find(
      ({ type, data }) => type === 'PriceTick' && 'slow' in data && Number(data.slow) < 178.9,
    )
    expect((Date.parse(stood?.at ?? '') - begin - 1000) / 1000).toBeGreaterThan(15 * Math.log(22 / 0.9))
  })

  it('and nobody takes out, or puts up, what a spike alone says is his', () => {
    given(...long, at(1000), all('290'))
      .when(asAnna(withdraw('alice', '12 USD')))
      .then(rejected('insufficient-margin'))
    given(...long, at(1000), all('290'))
      .when(deal('alice', 'bob', '1', '290'))
      .then(rejected('insufficient-margin'))
  })

  it('but reduces, at the mark, as ever', () =>
    given(...long, at(1000), all('178'))
      .when(deal('bob', 'alice', '0.5', '178'))
      .then(accepted))

  it('and what a bidder is paid is there at the mark', () => {
    const down = Array.from({ length: 80 }, (_, i) => [at(1000 * (i + 1)), all('178')]).flat()
    given(...long, ...down, liquidated, at(81_000), all('176'), at(900_000), all('176.5'))
      .when(asAnna(bid('alice:1', 'carol', '1')))
      .then(
        accepted,
        happened('Liquidated', {}),
        pool(({ accounts }) => {
          const cash = accounts.get('alice')?.balances.get('USD')
          expect(isNegative(cash ?? decimal('0'))).toBe(false)
        }),
      )
  })
})

describe('however prices go', () => {
  it('everybody stands where a look at each would find him, and all laws hold', () => {
    const moves = fc.array(
      fc.record({
        wait: fc.integer({ min: 1, max: 20_000 }),
        price: fc.integer({ min: 140, max: 260 }),
        buyer: fc.constantFrom('alice', 'bob', 'carol'),
        seller: fc.constantFrom('alice', 'bob', 'carol'),
        quantity: fc.constantFrom('0', '0.1', '0.5', '2'),
      }),
      { minLength: 5, maxLength: 15 },
    )
    const start = given(...begun, all('200'), asAnna(deposit('carol', '3 ETH'))).world
    fc.assert(
      fc.property(moves, (course) => {
        let world = start
        let now = 0
        for (const { wait, price, buyer, seller, quantity } of course) {
          now += wait
          world = take(take(world, at(now)), all(`${price}`))
          if (quantity !== '0' && buyer !== seller) world = take(world, deal(buyer, seller, quantity, `${price}`))
        }
        checkLaws(world)
        checkLaws(take(take(world, at(now + 60_001)), timePasses))
      }),
      { numRuns: 12, endOnFailure: true },
    )
  })
})
