import type { LedgerEvent } from '@novation/events'
import { evolve, isWhole } from '../state/evolve'
import { isPriced } from '../state/health'
import { judge } from '../state/judge'
import { backstop } from '../state/names'
import { emptyPool, type Pool } from '../state/pool'
import { type Append, type Chronicle, equitiesIn, type Law } from './append'
import { bidsAreAllowed, bidsAreFair, keepersAreRewarded, nothingIsClosedInVain } from './bids'
import {
  frozenIsRecomputed,
  judgingIsComplete,
  nothingIsMadeOrLost,
  theHouseNeverOwes,
  theStatementBalances,
} from './books'
import { eachLayerPaysItsPart } from './costs'
import {
  deleveragingFlattens,
  deleveragingIsBounded,
  lossesAreShared,
  nobodyGetsMoreThanOwed,
  principalIsUntouched,
  theWaterfallHasAnOrder,
} from './defaults'
import { equityIsContinuous } from './equity'
import { nothingRestartsAtOnce, theBackstopComesFirst } from './turns'
import { everyCommandIsDecidedOnce, noLossWaitsTooLong, timeNeverGoesBack } from './windows'

const laws: Readonly<Record<string, Law>> = {
  nothingIsMadeOrLost,
  theStatementBalances,
  judgingIsComplete,
  frozenIsRecomputed,
  theHouseNeverOwes,
  bidsAreAllowed,
  bidsAreFair,
  keepersAreRewarded,
  nothingIsClosedInVain,
  principalIsUntouched,
  nobodyGetsMoreThanOwed,
  lossesAreShared,
  theWaterfallHasAnOrder,
  deleveragingFlattens,
  deleveragingIsBounded,
  equityIsContinuous,
  nothingRestartsAtOnce,
  timeNeverGoesBack,
}

const chronicles: Readonly<Record<string, Chronicle>> = {
  eachLayerPaysItsPart,
  theBackstopComesFirst,
  noLossWaitsTooLong,
  everyCommandIsDecidedOnce,
}

/** A history append by append; the state it ends in is judged. */
export function* appendsOf(history: readonly LedgerEvent[], from: Pool): Generator<Append> {
  let before = judge(from)
  let state = before
  let events: LedgerEvent[] = []
  let equities = [equitiesIn(before)]
  for (const event of history) {
    state = evolve(state, event)
    events.push(event)
    equities.push(equitiesIn(state))
    if (!isWhole(state)) continue
    const after = judge(state)
    yield { before, events, after, equities }
    before = after
    state = after
    events = []
    equities = equities.slice(-1)
  }
}

/** Reads a history append by append, and throws at the first that breaks a law. */
export const lawful = (history: readonly LedgerEvent[], from: Pool = emptyPool('main')): void => {
  const remembering = Object.entries(chronicles).map(([name, begin]): [string, Law] => [name, begin()])
  const all = [...Object.entries(laws), ...remembering]
  for (const append of appendsOf(history, from))
    for (const [name, law] of all) {
      const broken = law(append)
      const { type, revision } = append.events[0] ?? { type: 'nothing', revision: 0 }
      if (broken !== undefined) throw new Error(`${name} is broken at ${revision} (${type}): ${broken}`)
    }
}

const duties = ['call', 'closeCall', 'start', 'restart', 'end', 'deleverage', 'backstop'] as const

/** A duty that could be done now and is not, or nothing: what waits for a price is left out. */
export const leftUndone = (pool: Pool): string | undefined => {
  const open = duties.flatMap((duty) =>
    [...pool.standing.duties[duty]]
      .filter((id) => isPriced(pool, id) && (duty !== 'backstop' || isPriced(pool, backstop)))
      .map((id) => `${duty} ${id}`),
  )
  return open[0]
}
