import type { Book, PartSizes } from '@novation/clearing'
import { type LedgerEvent, openVerifier, streamOf, type Verify } from '@novation/events'
import { type TrafficWatch, watchTraffic } from '../checks/bus-checks'
import { type Findings, openFindings } from '../checks/findings'
import { type LedgerWatch, watchLedger } from '../checks/ledger-watch'
import { type BusRoom, openBusRoom } from '../engine/bus'
import { type Dice, diceOf } from '../engine/dice'
import { remembering } from '../engine/remembering'
import { openStoreRoom, type StoreRoom } from '../engine/store'
import { openTimeline, type Timeline } from '../engine/timeline'
import { calm, type Weather } from '../engine/weather'
import { type Carrier, faithful, unruly } from '../load/carrier'
import { lead_ms } from '../load/identity'
import { begin } from '../load/scene'
import { partsIn, poolsOf, type Traits } from '../load/traits'
import { openFolding } from './folding'
import type { Machine } from './machine'
import type { Parts } from './parts'
import { type Post, postsOf } from './posts'

/** How far a reactor's process has come with a pool, as seen from outside. */
interface Seen {
  readonly state: Book
  readonly revision: number
}

/** Everything there is in one world, and everything that watches it. */
export interface World {
  readonly parts: Parts
  readonly traits: Traits
  /** How its ledger cuts bulk work, where it is not as the product does. */
  readonly cut: PartSizes | undefined
  /** Checks signatures, each once. */
  readonly verify: Verify
  /** Who follows the ledger. */
  readonly posts: readonly Post[]
  readonly pools: readonly [string, ...string[]]
  readonly dice: Dice
  readonly timeline: Timeline
  readonly store: StoreRoom
  readonly bus: BusRoom
  readonly findings: Findings
  /** By pool. */
  readonly ledgers: ReadonlyMap<string, LedgerWatch>
  /** Who brings what sources sign. */
  readonly carrier: Carrier
  readonly traffic: TrafficWatch
  /** By post. */
  readonly machines: Map<string, Machine>
  /** By post and pool. */
  readonly seen: Map<string, Seen>
  /** The weather as it is now: calm once the storm is over. */
  readonly weather: () => Weather
  readonly calmDown: () => void
  readonly trace: (line: string) => void
  /** How often something out of the ordinary happened, by name. */
  readonly occasions: Map<string, number>
}

/** Counts something that a world is meant to come to. */
export const noteOccasion = ({ occasions }: World, name: string): void =>
  void occasions.set(name, (occasions.get(name) ?? 0) + 1)

const placeOf = (post: Post, pool: string): string => `${post.name} in ${pool}`

export const seenBy = (world: World, post: Post, pool: string): Seen | undefined => world.seen.get(placeOf(post, pool))

export const noteSeen = (world: World, post: Post, state: Book, revision: number): void =>
  void world.seen.set(placeOf(post, state.name), { state, revision })

const describe = (event: LedgerEvent): string =>
  `${event.pool} ${event.revision} ${event.type} by ${event.metadata.actor} ${JSON.stringify(event.data).slice(0, 600)}`

export interface WorldOptions {
  readonly seed: number
  readonly parts: Parts
  readonly weather: Weather
  readonly traits: Traits
  /** Whether the checker decides every command again: off where the laws are to find a wrong rule by themselves. */
  readonly again: boolean
  readonly trace: (line: string) => void
  /** Hears of every event the moment it is durable. */
  readonly happened: (event: LedgerEvent) => void
}

export const openWorld = ({ seed, parts, weather, traits, again, trace, happened }: WorldOptions): World => {
  const timeline = openTimeline(begin - lead_ms(traits))
  const say = (line: string): void => trace(`${((timeline.now() - begin) / 1000).toFixed(3).padStart(9)} ${line}`)
  const findings = openFindings(() => timeline.now() - begin)
  const pools = poolsOf(traits)
  const cut = partsIn(diceOf(seed, 'parts'), traits)
  const verify = remembering(openVerifier())
  const ledgers = new Map(pools.map((pool) => [pool, watchLedger(pool, findings, again, cut, verify)]))
  const occasions = new Map<string, number>()
  const count = (name: string): void => void occasions.set(name, (occasions.get(name) ?? 0) + 1)
  const bus: BusRoom = openBusRoom(
    timeline,
    pools,
    {
      published: (topic, records) => traffic.published(topic, records),
      committed: (topic, partition, group, from, to) => traffic.committed(topic, partition, group, from, to),
      refused: (topic, message, by) => {
        count(`refused for good: ${topic}`)
        traffic.refused(topic, message, by)
      },
    },
    diceOf(seed, 'bus'),
  )
  const traffic = watchTraffic(findings, ledgers, () => bus, verify)
  const store = openStoreRoom(timeline, (stream, events) => {
    const ledger = ledgers.get(pools.find((pool) => streamOf(pool) === stream) ?? '')
    if (ledger === undefined) return traffic.checkpointMoved(events)
    const known = ledger.events().length
    for (const event of events) ledger.take(event)
    for (const event of ledger.events().slice(known)) {
      say(describe(event))
      happened(event)
    }
  })
  let now = weather
  return {
    parts,
    traits,
    cut,
    verify,
    posts: postsOf(parts, traits, openFolding(cut)),
    pools,
    dice: diceOf(seed),
    timeline,
    store,
    bus,
    findings,
    ledgers,
    carrier: traits.has('carrier') ? unruly(diceOf(seed, 'carrier')) : faithful,
    traffic,
    machines: new Map(),
    seen: new Map(),
    weather: () => now,
    calmDown: () => {
      now = calm
    },
    trace: say,
    occasions,
  }
}
