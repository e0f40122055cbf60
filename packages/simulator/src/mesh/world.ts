import type { Pool } from '@novation/clearing'
import { type LedgerEvent, streamOf } from '@novation/events'
import { type TrafficWatch, watchTraffic } from '../checks/bus-checks'
import { type Findings, openFindings } from '../checks/findings'
import { type LedgerWatch, watchLedger } from '../checks/ledger-watch'
import { type BusRoom, openBusRoom } from '../engine/bus'
import { type Dice, diceOf } from '../engine/dice'
import { openStoreRoom, type StoreRoom } from '../engine/store'
import { openTimeline, type Timeline } from '../engine/timeline'
import { calm, type Weather } from '../engine/weather'
import { begin } from '../load/house'
import type { Disk } from './checkpoints'
import type { Parts } from './parts'

/** How far a reactor's process has come, as seen from outside. */
export interface Seen {
  state: Pool | undefined
  revision: number
}

/** Everything there is in one world, and everything that watches it. */
export interface World {
  readonly parts: Parts
  readonly dice: Dice
  readonly timeline: Timeline
  readonly store: StoreRoom
  readonly bus: BusRoom
  readonly findings: Findings
  readonly ledger: LedgerWatch
  readonly traffic: TrafficWatch
  readonly disks: Map<string, Disk>
  readonly seen: Map<string, Seen>
  /** The weather as it is now: calm once the storm is over. */
  readonly weather: () => Weather
  readonly calmDown: () => void
  readonly trace: (line: string) => void
}

const describe = (event: LedgerEvent): string =>
  `${event.revision} ${event.type} by ${event.metadata.actor} ${JSON.stringify(event.data).slice(0, 160)}`

export interface WorldOptions {
  readonly seed: number
  readonly parts: Parts
  readonly weather: Weather
  /** Whether the checker decides every command again: off where the laws are to find a wrong rule by themselves. */
  readonly again: boolean
  readonly trace: (line: string) => void
  /** Hears of every event the moment it is durable. */
  readonly happened: (event: LedgerEvent) => void
}

export const openWorld = ({ seed, parts, weather, again, trace, happened }: WorldOptions): World => {
  const timeline = openTimeline(begin)
  const say = (line: string): void => trace(`${((timeline.now() - begin) / 1000).toFixed(3).padStart(9)} ${line}`)
  const findings = openFindings(() => timeline.now() - begin)
  const ledger = watchLedger(findings, again)
  const bus: BusRoom = openBusRoom(timeline, {
    published: (topic, records) => traffic.published(topic, records),
    committed: (topic, group, from, to) => traffic.committed(topic, group, from, to),
  })
  const traffic = watchTraffic(findings, ledger, () => bus)
  const store = openStoreRoom(timeline, (stream, events) => {
    if (stream !== streamOf('main')) return traffic.checkpointMoved(events)
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
    dice: diceOf(seed),
    timeline,
    store,
    bus,
    findings,
    ledger,
    traffic,
    disks: new Map(),
    seen: new Map(),
    weather: () => now,
    calmDown: () => {
      now = calm
    },
    trace: say,
  }
}
