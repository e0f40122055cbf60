import {
  bustsLeaveNothing,
  eachLayerPaysItsPart,
  equityIsContinuous,
  expiriesAreSettledWhole,
  nobodyIsLiquidatedByOtherTerms,
  optionsAreMarkedByEvents,
  variationsAreWhatPositionsCameTo,
  whoIsCalledHasHisTime,
} from '@novation/clearing'
import type { Verify } from '@novation/events'
import { askedOnce } from './asks'
import { notOverBeforeItsTime, paidByTheClock } from './auction-clock'
import { bondsStand } from './bonds'
import { booksHold, flatHouse, frozenAlike, judgedAlike, postingsZero, solventUnlessUncovered } from './books'
import { isolatedApart, noMoreThanFits, nothingForgotten } from './bounds'
import { bustedAsDealt } from './busts'
import { marginBeforeRisk } from './conduct'
import { crowdingByTheFormula } from './crowding'
import { leavesItsShare } from './frozen'
import { heldBeforeBelieved, middleOfWhatIsSaid, slowByTheFormula, withinTheHonest } from './indices'
import type { Law } from './law'
import { breachedOnly, freshPrices } from './liquidations'
import { withinItsBounds } from './market'
import { wholeInParts } from './parts-of-a-loss'
import { noLargerThanNeeded } from './sizes'
import { backstopFirst, bearsWhatItCan, waitsNoLonger } from './turns'
import { ownersAsked, vouchedFor, withinOrders } from './vouched'
import { inOrder, neverOverpaid, principalUntouched } from './waterfall'
import { worthByTheFormula } from './worth'

type Laws = Readonly<Record<string, Law>>

/** What must hold of every command, whatever became of it. One world's: it remembers what happened before. */
export const lawsOfAll = (verify: Verify): Laws => ({
  'the backstop bears what it can': bearsWhatItCan(),
  'nothing is decided that is too old': nothingForgotten,
  'whoever is heard has signed it': vouchedFor(verify),
})

/** What must hold of a command that was rejected. One world's, as above. */
export const lawsOfRejection = (): Laws => ({
  'a rejection moves nothing': ({ events }) =>
    events.some(({ postings }) => postings.length > 0) ? 'it has postings' : undefined,
  'a rejection is not what asks again': askedOnce(),
  'a loss waits no longer than the window of the oldest': waitsNoLonger,
})

/**
 * What must hold of a command that was done, told from its events and the states around them, not by deciding it again.
 * One world's, as above: a loss may come in parts.
 */
export const lawsOfDeeds = (verify: Verify): Laws => ({
  'postings sum to zero': postingsZero,
  'the house is flat': flatHouse,
  'the books hold': booksHold,
  'standing is as judged anew': judgedAlike,
  'solvent unless uncovered': solventUnlessUncovered,
  'worth is what the formula says': worthByTheFormula,
  'growth is margined as crowded as it is': crowdingByTheFormula,
  'nothing is dealt in on a stale price': freshPrices,
  'nobody trades or withdraws below its margin': marginBeforeRisk,
  'nothing comes in beyond its bounds': withinItsBounds,
  'a trade is busted as it was dealt': bustedAsDealt(),
  'a trade and its bust leave nothing': bustsLeaveNothing(),
  'other terms liquidate nobody': nobodyIsLiquidatedByOtherTerms(),
  'only who is in breach is liquidated': breachedOnly,
  'no liquidation larger than needed': noLargerThanNeeded,
  'no layer of the waterfall skipped': inOrder,
  'nobody paid more than owed': neverOverpaid,
  'principal of others untouched': principalUntouched,
  'frozen says what is': frozenAlike,
  'what a freeze holds back stays': leavesItsShare(),
  'a loss in parts is given in whole': wholeInParts(),
  'equity is continuous': equityIsContinuous,
  'an expiry is settled whole, and paid once': expiriesAreSettledWhole,
  'what is made cash is what a position came to': variationsAreWhatPositionsCameTo,
  'options are marked by what was told': optionsAreMarkedByEvents(),
  'a default costs each layer what the formula says': eachLayerPaysItsPart(),
  'nobody is deleveraged before the backstop': backstopFirst,
  'an auction is paid by its own clock': paidByTheClock(),
  'whoever is called has his time': whoIsCalledHasHisTime(),
  'no auction is over before its own time': notOverBeforeItsTime(),
  'an isolated account holds one instrument': isolatedApart,
  'an append holds no more than it may': noMoreThanFits,
  'owners are asked for what they keep to themselves': ownersAsked,
  'trades stay within the orders they stand on': withinOrders(verify),
  'an index lies within what the honest say': withinTheHonest,
  'an index is the middle of what its sources say': middleOfWhatIsSaid,
  'a slow price follows where the index was': slowByTheFormula,
  'what jumps is held before it is believed': heldBeforeBelieved,
  'a bond stands as long as what was signed may be shown': bondsStand,
})
