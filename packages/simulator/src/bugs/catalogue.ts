import type { Bug } from './bug'
import * as identity from './identity'
import { inCalm, rule } from './kinds'
import * as narrow from './narrow-rules'
import * as options from './options'
import * as rules from './other-rules'
import * as prices from './prices'
import { trafficBugs } from './traffic'

export const bugs: readonly Bug[] = [
  ...trafficBugs,
  rule('stale-price', 'a stale price is dealt at', rules.stalePriceAccepted, 20),
  rule('gap-ignored', 'a stale price counts as a fresh one does', narrow.gapIgnored, 50, 'outages'),
  rule('outages-count', 'a margin call runs out in an outage', narrow.outagesCount, 20, 'outages', 'pairs'),
  rule(
    'liquidated-early',
    'an account below its initial margin only is put up for auction',
    rules.liquidatedAtInitialMargin,
    40,
  ),
  rule(
    'liquidated-at-equality',
    'an account exactly at its maintenance margin is put up for auction',
    rules.liquidatedAtEquality,
    20,
    'lines',
  ),
  inCalm(
    rule('liquidates-more', 'a bid closes more than restores the buffer', rules.liquidatesMore, 60, 'pairs', 'debtors'),
  ),
  rule('haircut-ignored', 'collateral counts without its haircut', rules.haircutIgnored, 20, 'collateral'),
  inCalm(
    rule('fund-paid-twice', 'the prefunded layers pay a deficit twice', rules.fundPaidTwice, 20, 'pairs', 'debtors'),
  ),
  inCalm(
    rule(
      'tranche-skipped',
      "the fund pays before the operator's first tranche",
      rules.trancheSkipped,
      20,
      'pairs',
      'debtors',
    ),
  ),
  inCalm(
    rule(
      'haircut-divides-first',
      'the rate of a haircut is rounded before it is multiplied',
      rules.haircutDividesFirst,
      40,
      'pairs',
      'debtors',
    ),
  ),
  rule('share-ignored', 'a frozen pool pays out whoever comes first', rules.shareIgnored, 20, 'runs', 'debtors'),
  rule(
    'taken-forgotten',
    'what somebody has taken since a pool froze is forgotten',
    rules.takenForgotten,
    50,
    'runs',
    'debtors',
  ),
  inCalm(rule('principal-taken', 'a loss is taken from principal', rules.principalTaken, 20, 'pairs', 'debtors')),
  rule('bounds-ignored', 'trades, funding and settlements are taken at any price', narrow.boundsIgnored, 20),
  rule('states-ignored', 'a market trades that is halted, reduced only or over', narrow.statesIgnored, 50, 'halts'),
  rule(
    'terms-at-once',
    'terms that are raised liquidate before they had their notice',
    rules.termsAtOnce,
    50,
    'changes',
  ),
  rule('busted-at-the-mark', 'a trade is busted at the mark', narrow.bustedAtTheMark, 20, 'busts'),
  inCalm(
    rule(
      'scaling-ignored',
      'initial margin is asked without open-interest scaling',
      narrow.scalingIgnored,
      20,
      'scaling',
    ),
  ),
  rule('bound-is-the-end', 'nothing is asked beyond the bound of the last tier', narrow.boundIsTheEnd, 50),
  rule('multiplier-ignored', 'a contract counts as one unit, whatever its multiplier', narrow.multiplierIgnored, 50),
  inCalm(
    rule('isolated-as-cross', 'an isolated account is judged as any other', narrow.isolatedAsCross, 20, 'isolated'),
  ),
  rule(
    'memory-too-short',
    'what is a second older than ids are remembered is decided',
    narrow.memoryTooShort,
    50,
    'memory',
    'seconds',
  ),
  rule('oldest-forgotten', 'losses wait for the window of the last debtor', narrow.oldestForgotten, 50, 'debtors'),
  inCalm(
    rule('backstop-bears-all', 'the backstop takes more than it bears', narrow.backstopBearsAll, 20, 'poor', 'pairs'),
  ),
  inCalm(
    rule(
      'clock-of-the-wall',
      'an auction goes on while nobody can bid',
      rules.clockOfTheWall,
      50,
      'outages',
      'pairs',
      'restarts',
    ),
  ),
  rule('pending-key-counts', 'a key counts before its time has come', identity.pendingCounts, 20, 'thief'),
  rule('domain-left-out', 'what is signed for another house counts in this one', identity.domainLeftOut, 20, 'thief'),
  rule('two-owners', 'trader and keeper of an account are two owners', identity.twoOwners, 20, 'thief'),
  rule('counted-twice', 'the first source of an index counts twice', prices.countedTwice, 20, 'sources'),
  rule(
    'stale-conversion',
    'a currency is converted by a price that is too old',
    prices.staleConversion,
    50,
    'sources',
    'outages',
  ),
  rule('quorum-in-heads', 'a quorum is counted in heads, not by weight', prices.quorumInHeads, 20, 'sources'),
  rule(
    'slow-by-decision',
    'a slow price follows by when a tick was decided, not by when it was seen',
    prices.slowByDecision,
    20,
    'sources',
  ),
  rule('believed-at-once', 'a price that jumps is believed at once', prices.believedAtOnce, 20, 'sources'),
  rule('bond-let-go', 'a source has its bond back while what it signed may be shown', prices.bondLetGo, 20, 'liars'),
  rule('held-dealt-at', 'a price is dealt at while another is held', prices.heldDealtAt, 50, 'holds'),
  rule('series-by-series', 'an expiry is settled series by series', options.seriesBySeries, 10, 'options'),
  rule(
    'clock-in-a-mark',
    'an option is marked by the time it is, not by what was told',
    options.clockInAMark,
    10,
    'options',
  ),
  inCalm(
    rule(
      'skew-by-its-size',
      'a row of skew counts for what it moves, either way',
      options.skewByItsSize,
      10,
      'options',
      'smiles',
    ),
  ),
  rule('backstop-skipped', 'deleveraging comes before the backstop', narrow.backstopSkipped, 50, 'pairs'),
]

export const bugNamed = (name: string): Bug | undefined => bugs.find((bug) => bug.name === name)
