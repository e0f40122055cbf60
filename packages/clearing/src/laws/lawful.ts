import { type LedgerEvent, parseTime } from '@novation/events'
import { bustsLeaveNothing } from '../checks/busts'
import { eachLayerPaysItsPart } from '../checks/costs'
import { equityIsContinuous } from '../checks/equity'
import { expiriesAreSettledWhole, variationsAreWhatPositionsCameTo } from '../checks/expiries'
import { nobodyIsLiquidatedByOtherTerms } from '../checks/notices'
import { optionsAreMarkedByEvents } from '../checks/option-marks'
import { whoIsCalledHasHisTime } from '../checks/usable-time'
import { wrongOfDue } from '../kit/time'
import { type Book, emptyPool } from '../state/book'
import type { PartSizes } from '../state/bulk-size'
import { follow, isWhole } from '../state/evolve'
import { judge } from '../state/judge'
import type { Pool } from '../state/pool'
import { noOrderDecides } from './any-order'
import { type Append, type Chronicle, equitiesIn, type Law } from './append'
import { bidsAreAllowed, bidsAreFair, keepersAreRewarded, nothingIsClosedInVain } from './bids'
import {
  frozenIsRecomputed,
  judgingIsComplete,
  nothingIsMadeOrLost,
  theHouseNeverOwes,
  theStatementBalances,
} from './books'
import { theFundBuysBesideAHaircut } from './bought'
import { noCapIsExceeded, ownersPayFirst } from './caps'
import {
  coinsPayFirst,
  deleveragingFlattens,
  deleveragingTakesNothing,
  lossesAreShared,
  nobodyGetsMoreThanOwed,
  principalIsUntouched,
  theWaterfallHasAnOrder,
  whoIsPaidForHasNothing,
} from './defaults'
import { fillsHelp, whoBidsChangesNothing } from './fills'
import { noBreachLasts } from './in-time'
import { incomeIsContinuous } from './income'
import { nobodyGrowsTooLarge } from './large'
import { marketsKeepTheirState } from './markets'
import { theOrderChangesNothing } from './order'
import { modelledIsAsAnew, portfoliosAreAskedTogether } from './portfolios'
import { severalAreClosedAsFarAsNeeded } from './sizes'
import { splittingChangesNothing } from './splitting'
import { nothingIsLeftOfWhatIsTakenBack } from './taken-back'
import { nothingFreshLeaves } from './taken-out'
import { noClockGoesBack, theBackstopComesFirst } from './turns'
import { everyCommandIsDecidedOnce, noLossWaitsTooLong, timeNeverGoesBack } from './windows'
import { noLineLiesWithinABand } from './within-bands'

/** What falls due, next and by now, is known without a look at everything, and is what such a look finds. */
export const whatFallsDueIsKnown: Law = ({ after }) => wrongOfDue(after)

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
  fillsHelp,
  severalAreClosedAsFarAsNeeded,
  whoBidsChangesNothing,
  splittingChangesNothing,
  theOrderChangesNothing,
  incomeIsContinuous,
  principalIsUntouched,
  nothingFreshLeaves,
  nobodyGrowsTooLarge,
  nobodyGetsMoreThanOwed,
  coinsPayFirst,
  whoIsPaidForHasNothing,
  lossesAreShared,
  theWaterfallHasAnOrder,
  theFundBuysBesideAHaircut,
  ownersPayFirst,
  deleveragingFlattens,
  deleveragingTakesNothing,
  equityIsContinuous,
  expiriesAreSettledWhole,
  variationsAreWhatPositionsCameTo,
  modelledIsAsAnew,
  portfoliosAreAskedTogether,
  marketsKeepTheirState,
  timeNeverGoesBack,
  whatFallsDueIsKnown,
  noLineLiesWithinABand,
  noOrderDecides,
}

const chronicles: Readonly<Record<string, Chronicle>> = {
  eachLayerPaysItsPart,
  noCapIsExceeded,
  noClockGoesBack,
  bustsLeaveNothing,
  nobodyIsLiquidatedByOtherTerms,
  theBackstopComesFirst,
  whoIsCalledHasHisTime,
  noBreachLasts,
  noLossWaitsTooLong,
  everyCommandIsDecidedOnce,
  optionsAreMarkedByEvents,
}

/** A history append by append, in a book that is at its beginning and one that is at its end: each is good until the next. */
export function* appendsOf(history: readonly LedgerEvent[], parts?: PartSizes): Generator<Append> {
  const [before, after] = [emptyPool('main', parts), emptyPool('main', parts)]
  let events: LedgerEvent[] = []
  let equities = [equitiesIn(before)]
  for (const event of history) {
    follow(after, event)
    events.push(event)
    equities.push(equitiesIn(after))
    if (!isWhole(after)) continue
    before.set<Book, 'at'>(before, 'at', parseTime(events[0]?.at ?? event.at))
    yield { before: judge(before), events, after, equities }
    events.reduce(follow, before)
    events = []
    equities = equities.slice(-1)
  }
}

/** Reads a history append by append, decides it again in a book of its own, and throws at the first append that breaks a law. */
export const lawful = (history: readonly LedgerEvent[], parts?: PartSizes): void => {
  const remembering = Object.entries(chronicles).map(([name, begin]): [string, Law] => [name, begin()])
  const all: readonly (readonly [string, Law])[] = [
    ...Object.entries(laws),
    ...remembering,
    ['nothingIsLeftOfWhatIsTakenBack', nothingIsLeftOfWhatIsTakenBack(parts)],
  ]
  for (const append of appendsOf(history, parts))
    for (const [name, law] of all) {
      const broken = law(append)
      const { type, revision } = append.events[0] ?? { type: 'nothing', revision: 0 }
      if (broken !== undefined) throw new Error(`${name} is broken at ${revision} (${type}): ${broken}`)
    }
}

const duties = [
  'call',
  'closeCall',
  'callDebit',
  'closeDebit',
  'start',
  'end',
  'deleverage',
  'closeOut',
  'backstop',
] as const

/** A duty that is not done, or nothing. */
export const leftUndone = (pool: Pool): string | undefined =>
  duties.flatMap((duty) => [...pool.standing.duties[duty]].map((id) => `${duty} ${id}`))[0]
