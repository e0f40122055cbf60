import { alike } from '@novation/risk/kit'
import fc from 'fast-check'
import {
  all,
  assetPrice,
  everybodyActs,
  forward,
  list,
  listOption,
  marketWorld,
  optionMarket,
  passed,
  person,
  prepare,
  price,
  registerAsset,
  riskModel,
  type Step,
  take,
  tried,
  volatility,
  type Wish,
  type World,
} from '../../kit'
import { registerKey } from '../../kit/identity'
import { asAnna, clockRuns, said, setIndex, withSources } from '../../kit/oracle'
import { judgeAll } from '../../proof/snapshot'
import { dutiesOf } from '../../state/duties'
import type { Duty } from '../../state/follow-up'
import { healthOf } from '../../state/health'
import type { Account, Pool } from '../../state/pool'
import { duties } from '../../state/standing'

// Markets that go a little way at a time, and portfolios that stand at all distances from their lines.

const bank = person('bank')

/** How whoever runs the market asks for something. */
type Asked = (wish: Wish) => Step | Wish

/** Three kinds of book, each with less and less to meet its margin with. */
const books = (asked: Asked): Step =>
  all(
    ...[0, 1, 2, 3, 4].flatMap((i) => {
      const [writer, maker, holder] = ['writer', 'maker', 'holder'].map((name) => person(`${name}${i}`))
      if (writer === undefined || maker === undefined || holder === undefined) return []
      return [
        ...[writer, maker, holder].map((of) => of.opens('portfolio')),
        writer.deposits(`${17 + 0.9 * i} USD`),
        writer.sells('1 CALL at 7.6 to bank'),
        maker.deposits(`${9.6 + 0.9 * i} USD`),
        maker.buys('0.5 BTC-USD-PERP at 100 from bank'),
        maker.sells('1 CALL at 7.6 to bank'),
        maker.buys('1 PUT at 3.1 from bank'),
        holder.deposits(`${2 + 2 * i} USD`),
        holder.deposits('0.2 BTC'),
        holder.buys('1 BTC-USD-PERP at 100 from bank'),
      ].map(asked)
    }),
  )

const text = (amount: number): string => amount.toFixed(4)

/** A market, and how it is told what things cost. */
interface Scene {
  readonly world: World
  readonly told: (what: keyof Market, next: Market) => Step | Wish
  readonly passes: (seconds: number) => Step
  /** Everybody whose turn it is acts. */
  readonly services: Step
}

/** Prices are told by an oracle. */
export const toldMarket: Scene = {
  world: prepare(marketWorld, [
    optionMarket,
    list('BTC-USD-PERP', { underlying: 'BTC' }),
    price('BTC-USD-PERP', '100'),
    bank.holds('100000 USD'),
    books((wish) => wish),
  ]),
  told: (what, next) =>
    ({
      index: assetPrice('BTC', text(next.index)),
      forward: forward(text(next.forward)),
      mark: price('BTC-USD-PERP', text(next.mark)),
      level: volatility(text(next.level)),
    })[what],
  passes: (seconds) => passed(`${seconds} s`),
  services: everybodyActs,
}

const three = ['s1', 's2', 's3']
const clockPasses =
  (seconds: number): Step =>
  (world) =>
    clockRuns(world.clock + 1000 * seconds)(world)
const quoted = (price: number): Step => said('BTC/USD', ...three.map(() => price.toFixed(2)))

/** Underlying and perpetual have the price of one index, which stands a slow one beside it. */
export const quotedMarket: Scene = {
  world: prepare(marketWorld, [
    withSources(...three),
    asAnna(registerKey('C clock'), 'C'),
    asAnna(setIndex({ index: 'BTC-USD', quorum: 3, sources: alike(3), deviation: '0.5' })),
    asAnna(registerAsset('BTC', 8, { index: 'BTC-USD' })),
    asAnna(list('BTC-USD-PERP', { underlying: 'BTC', index: 'BTC-USD' })),
    asAnna(riskModel('BTC')),
    quoted(100),
    ...[forward('101'), volatility('0.8'), listOption('CALL', '100 call'), listOption('PUT', '90 put')].map((wish) =>
      asAnna(wish),
    ),
    ...[bank.opens(), bank.deposits('100000 USD')].map((wish) => asAnna(wish)),
    books((wish) => asAnna(wish)),
  ]),
  told: (what, next) => {
    if (what === 'forward') return asAnna(forward(text(next.forward)))
    return what === 'level' ? asAnna(volatility(text(next.level))) : all(clockPasses(2), quoted(next.index))
  },
  passes: clockPasses,
  services: clockPasses(20),
}

interface Market {
  readonly index: number
  readonly forward: number
  readonly mark: number
  readonly level: number
}

interface Move {
  readonly what: keyof Market | 'time' | 'services'
  /** In shares, or in seconds. */
  readonly by: number
}

const basisPoints = (most: number) => fc.integer({ min: -most, max: most }).map((n) => n / 10_000)

const moves = {
  index: basisPoints(150),
  mark: basisPoints(150),
  forward: basisPoints(80),
  level: basisPoints(400),
  time: fc.constantFrom(1, 20, 130),
  services: fc.constant(0),
}

type Kind = keyof typeof moves

/** One thing moves, or all that can. */
const kinds = fc.constantFrom<readonly Kind[]>(
  ['index'],
  ['level'],
  ['index', 'mark'],
  ['index', 'forward', 'level'],
  ['index', 'index', 'mark', 'forward', 'level', 'time', 'services'],
)

const walk: fc.Arbitrary<readonly Move[]> = kinds.chain((of) =>
  fc.array(
    fc.constantFrom(...of).chain((what) => moves[what].map((by): Move => ({ what, by }))),
    { minLength: 20, maxLength: 40 },
  ),
)

const stepOf = (scene: Scene, market: Market, { what, by }: Move): readonly [Market, Step] => {
  if (what === 'services') return [market, scene.services]
  if (what === 'time') return [market, scene.passes(by)]
  const next = { ...market, [what]: market[what] * (1 + by) }
  return [next, tried(scene.told(what, next))]
}

/** What is asked about an account as it now stands, however lately it was judged. */
const expected = (pool: Pool, account: Account): string => {
  const due: readonly (Duty | undefined)[] = dutiesOf(pool, account, healthOf(pool, account))
  return duties.filter((duty) => due.includes(duty)).join()
}

const kept = ({ standing }: Pool, { id }: Account): string =>
  duties.filter((duty) => standing.duties[duty].has(id)).join()

/** Throws where somebody stands otherwise than a look at him finds, and nobody has looked. */
const checkStanding = ({ pool }: World): void => {
  for (const account of pool.accounts.values()) {
    const [was, is] = [kept(pool, account), expected(pool, account)]
    if (was !== is) throw new Error(`${account.id} must do "${is}", and stands as "${was}"`)
  }
}

const start: Market = { index: 100, forward: 101, mark: 100, level: 0.8 }

/** Walks of a market, after each step of which everybody stands where a look at him finds him. */
export const walksFind = (numRuns: number, endOnFailure = false, scene = toldMarket): void =>
  fc.assert(
    fc.property(walk, (taken) => {
      let [now, market] = [scene.world, start]
      for (const each of taken) {
        const [next, step] = stepOf(scene, market, each)
        market = next
        now = take(now, step)
        checkStanding(now)
      }
      checkStanding({ ...now, pool: judgeAll(now.pool) })
    }),
    { numRuns, endOnFailure },
  )
