import type { Trait } from '../load/traits'
import type { Parts } from '../mesh/parts'
import type { Bug } from './bug'
import * as identity from './identity'
import * as words from './lost-words'
import * as narrow from './narrow-rules'
import * as rules from './other-rules'
import * as reactors from './reactors'
import * as ports from './wrapped-ports'

const traffic = (name: string, mistake: string, parts: Parts, within: number, ...traits: readonly Trait[]): Bug => ({
  name,
  mistake,
  parts,
  again: true,
  within,
  ...(traits.length === 0 ? {} : { traits }),
})

/** A wrong rule: the laws must find it without deciding again by the right ones. */
const rule = (name: string, mistake: string, parts: Parts, within: number, ...traits: readonly Trait[]): Bug => ({
  name,
  mistake,
  parts,
  again: false,
  within,
  ...(traits.length === 0 ? {} : { traits }),
})

export const bugs: readonly Bug[] = [
  traffic('ack-before-append', 'the ledger answers before its append is durable', ports.acknowledgedBeforeAppended, 3),
  traffic('conflict-ignored', 'a ledger that does not lead takes a conflict for a success', ports.conflictIgnored, 40),
  traffic(
    'refreshed-revision',
    'a retry of an unknown outcome takes the revision that is now',
    rules.retriedElsewhere,
    20,
  ),
  traffic('dedup-in-memory', 'ids of commands are known until the next restart only', rules.forgetsOnRestart, 20),
  traffic(
    'commit-before-append',
    'the offset of a command is committed before its outcome is durable',
    ports.committedBeforeAppended,
    3,
  ),
  traffic('dead-letters-dropped', 'what is refused is not dead-lettered', ports.deadLettersDropped, 10),
  traffic(
    'checkpoint-first',
    'the relay moves its checkpoint before the bus has the events',
    ports.checkpointBeforePublished,
    3,
  ),
  traffic('relay-without-fence', 'a relay that another one has overtaken goes on', ports.relayWithoutFence, 40),
  traffic('event-skipped', 'the relay leaves out an event', ports.eventSkipped, 3),
  traffic(
    'ask-before-ack',
    'a reactor counts an event as followed before its asks are on the bus',
    ports.askedBeforeAcknowledged,
    20,
  ),
  traffic('gap-skipped', 'a reactor takes the place of an event without what it did', reactors.gapSkipped, 20),
  traffic('checkpoint-ahead', 'a checkpoint holds an older state than its revision says', reactors.checkpointAhead, 20),
  traffic('retried-at-once', 'a rejected ask is asked again because it was rejected', reactors.retriedAtOnce, 60),
  traffic('never-deleverages', 'the liquidator never asks for deleveraging', reactors.neverDeleverages, 20),
  traffic('time-forgotten', 'the ledger does not send PassTime', rules.timeForgotten, 20),
  traffic(
    'shard-asks-for-all',
    'a shard of margin asks for the accounts of the other too',
    reactors.shardAsksForAll,
    5,
    'shards',
  ),
  traffic('shards-from-one', 'shards are counted from 1', reactors.shardsFromOne, 50, 'shards', 'pairs'),
  traffic(
    'first-reactor-only',
    'of reactors on one state only the first asks',
    reactors.firstReactorOnly,
    20,
    'together',
    'debtors',
  ),
  traffic('first-pool-only', 'a reactor follows the first of its pools only', reactors.firstPoolOnly, 3, 'pools'),
  traffic(
    'places-mixed-up',
    'the place of a reactor in one pool is taken for its place in another',
    reactors.placesMixedUp,
    20,
    'pools',
  ),
  traffic(
    'bulk-left-open',
    'a ledger does not go on with work that it began in parts',
    rules.bulkLeftOpen,
    10,
    'parts',
  ),
  traffic('stopped-asks-count', 'an ask that was stopped on its way counts as sent', words.stoppedAsksCount, 50),
  traffic(
    'stopped-dead-letters-count',
    'a dead letter that was stopped on its way counts as sent',
    words.stoppedDeadLettersCount,
    50,
    'memory',
    'thief',
  ),
  traffic(
    'stopped-events-count',
    'events that were stopped on their way count as published',
    words.stoppedEventsCount,
    50,
  ),
  traffic('refused-asks-count', 'an ask that the bus refuses counts as sent', words.refusedAsksCount, 50),
  traffic(
    'refused-dead-letters-count',
    'a dead letter that the bus refuses counts as sent',
    words.refusedDeadLettersCount,
    50,
  ),
  traffic('refused-events-count', 'events that the bus refuses count as published', words.refusedEventsCount, 50),
  traffic('refusals-untold', 'an ask that the bus refuses is not set aside', words.refusalsUntold, 50),
  traffic('renamed-unsynced', 'a checkpoint gets its name before its bytes last', words.renamedUnsynced, 50),
  traffic('folder-unsynced', 'a checkpoint counts as kept before its name lasts', words.folderUnsynced, 50),
  traffic('failed-sync-ignored', 'a checkpoint that the disk did not take counts as kept', words.failedSyncIgnored, 50),
  traffic(
    'band-without-multiplier',
    'holders of an instrument with a multiplier are judged again too late',
    narrow.bandWithoutMultiplier,
    50,
    'multiplier',
    'lines',
  ),
  traffic(
    'second-price-dropped',
    'of two prices of one moment the second is passed over',
    narrow.secondPriceDropped,
    50,
  ),
  traffic(
    'repeats-unchecked',
    'who repeats a command is answered without a look at the signature',
    identity.repeatsUnchecked,
    20,
    'thief',
  ),
  traffic('parts-too-large', 'a part of bulk work is one entry too large', narrow.partsTooLarge, 50),
  traffic('all-or-nothing', 'the backstop bids for everything or nothing', narrow.allOrNothing, 50, 'poor', 'pairs'),
  rule('stale-price', 'a stale price is dealt at', rules.stalePriceAccepted, 20),
  rule('gap-ignored', 'a stale price counts as a fresh one does', narrow.gapIgnored, 50, 'outages'),
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
  rule('liquidates-more', 'a bid closes more than restores the buffer', rules.liquidatesMore, 60),
  rule('haircut-ignored', 'collateral counts without its haircut', rules.haircutIgnored, 20, 'collateral'),
  rule('fund-paid-twice', 'the prefunded layers pay a deficit twice', rules.fundPaidTwice, 40),
  rule('tranche-skipped', "the fund pays before the operator's first tranche", rules.trancheSkipped, 60),
  rule(
    'haircut-divides-first',
    'the rate of a haircut is rounded before it is multiplied',
    rules.haircutDividesFirst,
    100,
  ),
  rule('principal-taken', 'a loss is taken from principal', rules.principalTaken, 100),
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
  rule('scaling-ignored', 'initial margin is asked without open-interest scaling', narrow.scalingIgnored, 50),
  rule('bound-is-the-end', 'nothing is asked beyond the bound of the last tier', narrow.boundIsTheEnd, 50),
  rule('multiplier-ignored', 'a contract counts as one unit, whatever its multiplier', narrow.multiplierIgnored, 50),
  rule('isolated-as-cross', 'an isolated account is judged as any other', narrow.isolatedAsCross, 50),
  rule(
    'memory-too-short',
    'what is a second older than ids are remembered is decided',
    narrow.memoryTooShort,
    50,
    'memory',
    'seconds',
  ),
  rule('oldest-forgotten', 'losses wait for the window of the last debtor', narrow.oldestForgotten, 50, 'debtors'),
  rule('backstop-bears-all', 'the backstop takes more than it bears', narrow.backstopBearsAll, 50),
  rule('clock-of-the-wall', 'an auction goes on while nobody can bid', rules.clockOfTheWall, 50, 'outages', 'pairs'),
  rule('pending-key-counts', 'a key counts before its time has come', identity.pendingCounts, 20, 'thief'),
  rule('domain-left-out', 'what is signed for another house counts in this one', identity.domainLeftOut, 20, 'thief'),
  rule('two-owners', 'trader and keeper of an account are two owners', identity.twoOwners, 20, 'thief'),
  rule('backstop-skipped', 'deleveraging comes before the backstop', narrow.backstopSkipped, 50, 'pairs'),
]

export const bugNamed = (name: string): Bug | undefined => bugs.find((bug) => bug.name === name)
