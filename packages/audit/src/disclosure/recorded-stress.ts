import { type Book, healthOf, type Pool, type Price } from '@novation/clearing'
import { add, compare, type Decimal, format, max, multiply, negate, one, sum, zero } from '@novation/decimal'
import { type Figure, figure } from './figure'
import type { Moves } from './moves'

type Scenario = 'fall' | 'rise'

/** Moves every price, and nobody has done anything about it. */
const move = (book: Book, moves: Moves, scenario: Scenario): void => {
  const moved = (price: Price, name: string): Price => ({
    ...price,
    value: multiply(price.value, add(one, moves.worstOf(name)[scenario])),
  })
  for (const instrument of book.instruments.values())
    if (instrument.price !== undefined) book.set(instrument, 'price', moved(instrument.price, instrument.id))
  for (const asset of book.assets.values())
    if (asset.price !== undefined) book.set(asset, 'price', moved(asset.price, asset.id))
}

/** What each account would lack, greatest first. */
const lossesUnder = (pool: Pool): readonly Decimal[] =>
  [...pool.accounts.values()]
    .map((account) => max(zero, negate(healthOf(pool, account).equity)))
    .sort((a, b) => compare(b, a))

const meaning =
  'what the worst accounts would owe at the end beyond all their collateral, in the worse of two scenarios: every price ' +
  'takes its own worst recorded fall within one interval, all at once, or its worst rise; collateral in other assets ' +
  'moves with them. Worse moves than the recorded ones are possible'

/**
 * Stress exposure at one moment under the pool's own history. The loss of an account is what its equity lacks after the
 * move; nobody trades, is called or is liquidated meanwhile. `moves` are parts of one, in which `fall` is negative.
 */
export const recordedStress = (pool: Book, moves: Moves): Figure => {
  const scenarios = (['fall', 'rise'] as const).map((scenario) =>
    pool.rehearse(() => {
      move(pool, moves, scenario)
      return lossesUnder(pool)
    }),
  )
  const worst = (count: number) => format(scenarios.map((losses) => sum(losses.slice(0, count))).reduce(max))
  const named = [...pool.instruments.keys(), ...pool.assets.keys()].sort().map((name) => {
    const { fall, rise } = moves.worstOf(name)
    return [name, { fall: format(fall), rise: format(rise) }] as const
  })
  return figure('4.4', 'recordedStress', 'Stress loss under the worst recorded moves', meaning, {
    oneParticipant: worst(1),
    twoParticipants: worst(2),
    moves: Object.fromEntries(named),
  })
}
