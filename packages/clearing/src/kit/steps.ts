import { format } from '@novation/decimal'
import { foresee } from '../ledger/decide'
import { startCause } from '../state/duties'
import { healthOf } from '../state/health'
import { backstop } from '../state/names'
import type { Pool } from '../state/pool'
import { clockAsk } from '../time/clock'
import { assertPassed, dueBy } from './time'
import {
  assetPrice,
  bid,
  callDebit,
  callMargin,
  closeCall,
  closeDebit,
  closeOut,
  coverLoss,
  deleverage,
  endLiquidation,
  price,
  startLiquidation,
} from './wishes'
import { commandOf, isAccepted, type Step, take, tried, type Wish, type World, worldWith } from './world'

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 }

/** `90 s` in milliseconds; also ms, min, h, d. */
const milliseconds = (text: string): number => {
  const [count, unit] = text.split(' ')
  const size = units[unit ?? '']
  if (size === undefined || !Number.isFinite(Number(count)))
    throw new RangeError(`a time is like "90 s", not "${text}"`)
  return Number(count) * size
}

/** The clock moves on, and nobody says so to the ledger. */
export const after =
  (time: string): Step =>
  (world) =>
    worldWith(world, { clock: world.clock + milliseconds(time) })

/** What the clock asks as things stand. */
const asksClock = (pool: Pool): Wish => ({ ...clockAsk(pool), actor: 'clock' })

/** Time passes: whatever falls due meanwhile is said to the ledger when it does (protocol 4). */
export const passed =
  (time: string): Step =>
  (world) => {
    const until = world.clock + milliseconds(time)
    let state = world
    for (let due = dueBy(state.pool, until); due !== undefined; due = dueBy(state.pool, until)) {
      state = take(worldWith(state, { clock: Math.max(due.at, state.clock) }), asksClock(state.pool))
      const sent = state.sent.at(-1)
      assertPassed(due, sent !== undefined && isAccepted(sent), state.pool)
    }
    return worldWith(state, { clock: until })
  }

/** What has a price and is still traded is published again as it was: all of it, or these. */
const pricesAgain =
  (names: readonly string[]): Step =>
  (world) => {
    const { instruments, assets } = world.pool
    const isMeant = (id: string): boolean => names.length === 0 || names.includes(id)
    const wishes = [
      ...[...instruments.values()].flatMap(({ id, price: last, expired, settled }) =>
        last === undefined || expired || settled || !isMeant(id) ? [] : [price(id, format(last.value))],
      ),
      ...[...assets.values()].flatMap(({ id, price: last }) =>
        last === undefined || !isMeant(id) ? [] : [assetPrice(id, format(last.value))],
      ),
    ]
    return wishes.reduce(take, world)
  }

/** The same while prices come all the time, of everything or of these, and stay what they are. */
export const ticking =
  (time: string, ...names: readonly string[]): Step =>
  (world) => {
    const until = world.clock + milliseconds(time)
    let state = world
    while (state.clock < until) state = pricesAgain(names)(passed(`${Math.min(60_000, until - state.clock)} ms`)(state))
    return state
  }

/** What the services would ask next, in their order: margin, liquidator, insurance, backstop. */
const asksOf = (pool: Pool): readonly Wish[] => {
  const {
    standing: { duties },
    accounts,
  } = pool
  const liquidation = (id: string) => accounts.get(id)?.liquidation?.id ?? ''
  const inOrder = (ids: Iterable<string>) => [...ids].sort()
  return [
    ...inOrder(duties.call).map(callMargin),
    ...inOrder(duties.closeCall).map(closeCall),
    ...inOrder(duties.callDebit).map(callDebit),
    ...inOrder(duties.closeDebit).map(closeDebit),
    ...inOrder(duties.start).map((id) => {
      const account = pool.accounts.get(id)
      return startLiquidation(
        id,
        account === undefined ? undefined : startCause(pool, account, healthOf(pool, account)),
      )
    }),
    ...inOrder(duties.end).map((id) => endLiquidation(liquidation(id))),
    ...inOrder(duties.deleverage).map((id) => deleverage(liquidation(id))),
    ...inOrder(duties.closeOut).map((id) => closeOut(liquidation(id))),
    ...inOrder(duties.owing)
      .slice(0, 1)
      .map(() => coverLoss),
    ...inOrder(duties.backstop).map((id) => ({ ...bid(liquidation(id), backstop, '1'), actor: `keeper:${backstop}` })),
  ]
}

/** Whether coins that were offered in vain wait until the waterfall was asked. */
const coinsWait = ({ accounts }: Pool): boolean =>
  [...accounts.values()].some(({ inDefault }) => inDefault?.offered?.asked === false)

/** Whether sending it changes anything: it would be accepted, or a turn ends by a refusal, the backstop's or the waterfall's. */
const matters = (world: World, wish: Wish): boolean => {
  const { decision } = foresee(world.pool, commandOf(world, wish), Math.max(world.pool.at, world.clock))
  if (decision._tag === 'Right') return true
  const { code } = decision.left
  return wish.type === 'BidLiquidation' ? code !== 'stale-price' : code === 'nothing-to-cover' && coinsWait(world.pool)
}

/** Everybody who has a duty does it, until nothing is left to do but what waits for time or a price. */
export const everybodyActs: Step = (world) => {
  let state: World = world
  for (let asked = 0; asked < 1000; asked += 1) {
    const ask = asksOf(state.pool).find((wish) => matters(state, wish))
    if (ask === undefined) return state
    state = tried(ask)(state)
  }
  throw new Error('the duties never end')
}

/** What is asked of everybody as time passes, minute by minute, these things being said each time. */
export const minutes = (count: number, ...said: readonly Wish[]): readonly (Step | Wish)[] =>
  Array.from({ length: count }, () => [passed('1 min'), everybodyActs, ...said, everybodyActs]).flat()
