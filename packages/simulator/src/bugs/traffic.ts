import type { Bug } from './bug'
import * as identity from './identity'
import { amid, inCalm, inPlain, traffic } from './kinds'
import * as words from './lost-words'
import * as narrow from './narrow-rules'
import * as rules from './other-rules'
import * as reactors from './reactors'
import * as ports from './wrapped-ports'

/** All that keeps a process from ending what it has in hand. */
const stops = ['stop', 'end-in-backoff', 'publish-unavailable', 'publish-lost'] as const

/** What services, store and bus may do wrong with each other. */
export const trafficBugs: readonly Bug[] = [
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
    'side-as-written',
    'what is decided hangs on the order in which the fields of a command were written',
    rules.sideAsWritten,
    10,
    'shuffled',
  ),
  traffic(
    'commit-before-append',
    'the offset of a command is committed before its outcome is durable',
    ports.committedBeforeAppended,
    3,
  ),
  traffic(
    'commit-before-carried',
    'the offset of a quote is committed before what carries it is on the bus',
    ports.committedBeforeCarried,
    3,
    'oracles',
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
  amid(
    traffic(
      'silence-unheeded',
      'what has no outcome while nothing happens is not asked anew',
      reactors.silenceUnheeded,
      60,
      'silence',
      'pairs',
      'debtors',
    ),
    'refused',
  ),
  inCalm(
    traffic(
      'never-deleverages',
      'the liquidator never asks for deleveraging',
      reactors.neverDeleverages,
      20,
      'pairs',
      'debtors',
      'poor',
    ),
  ),
  traffic('time-forgotten', 'the ledger does not send PassTime', rules.timeForgotten, 20),
  traffic(
    'shard-asks-for-all',
    'a shard of margin asks for the accounts of the other too',
    reactors.shardAsksForAll,
    5,
    'shards',
  ),
  traffic('shards-from-one', 'shards are counted from 1', reactors.shardsFromOne, 50, 'shards', 'pairs', 'debtors'),
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
  amid(
    traffic(
      'stopped-asks-count',
      'an ask that was stopped on its way counts as sent',
      words.stoppedAsksCount,
      20,
      'pairs',
      'debtors',
    ),
    ...stops,
  ),
  amid(
    traffic(
      'stopped-dead-letters-count',
      'a dead letter that was stopped on its way counts as sent',
      words.stoppedDeadLettersCount,
      20,
      'memory',
      'thief',
    ),
    ...stops,
  ),
  amid(
    inPlain(
      traffic(
        'stopped-events-count',
        'events that were stopped on their way count as published',
        words.stoppedEventsCount,
        20,
      ),
    ),
    ...stops,
  ),
  amid(
    traffic(
      'refused-asks-count',
      'an ask that the bus refuses counts as sent',
      words.refusedAsksCount,
      20,
      'pairs',
      'debtors',
    ),
    'refused',
  ),
  traffic(
    'refused-dead-letters-count',
    'a dead letter that the bus refuses counts as sent',
    words.refusedDeadLettersCount,
    50,
  ),
  amid(
    traffic(
      'refused-events-count',
      'events that the bus refuses count as published',
      words.refusedEventsCount,
      40,
      'pairs',
    ),
    'refused',
  ),
  amid(
    traffic(
      'refusals-untold',
      'an ask that the bus refuses is not set aside',
      words.refusalsUntold,
      20,
      'pairs',
      'debtors',
    ),
    'refused',
  ),
  traffic('renamed-unsynced', 'a checkpoint gets its name before its bytes last', words.renamedUnsynced, 50),
  amid(
    inPlain(traffic('folder-unsynced', 'a checkpoint counts as kept before its name lasts', words.folderUnsynced, 20)),
    'crash',
    'power-cut',
  ),
  amid(
    traffic(
      'failed-sync-ignored',
      'a checkpoint that the disk did not take counts as kept',
      words.failedSyncIgnored,
      20,
      'shards',
    ),
    'crash',
    'power-cut',
    'disk-fails',
    'end-in-backoff',
  ),
  traffic(
    'band-without-multiplier',
    'holders of an instrument with a multiplier are judged again too late',
    narrow.bandWithoutMultiplier,
    20,
    'multiplier',
    'lines',
    'pairs',
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
  inCalm(
    traffic(
      'all-or-nothing',
      'the backstop bids for everything or nothing',
      narrow.allOrNothing,
      40,
      'poor',
      'pairs',
      'third',
    ),
  ),
]
