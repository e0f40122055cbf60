import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Stored, topics } from '@novation/events'
import {
  type EventStore,
  eventMessage,
  meshTopics,
  openHealth,
  openLog,
  openMemoryBus,
  openMetrics,
} from '@novation/platform'
import { Failure } from '../failure'
import type { World } from '../world'
import { endingOf } from './ending'
import { gateway } from './gateway'
import { checkGateway, type GatewayLife, gatewayGiven } from './gateway-settings'
import { watching } from './watch'

/** A gateway beside a ledger that is written elsewhere: it answers, and takes nothing. */
export interface Onlooker {
  readonly url: string
  /** What has become durable since, in order, for those who follow. */
  readonly tell: (stored: Stored) => Promise<void>
  /** Comes back once somebody stops it, or rejects where it cannot go on. */
  readonly ended: Promise<void>
  readonly close: () => Promise<void>
}

/** Where the ledger is. */
export interface Looked {
  readonly store: EventStore
  readonly pool: string
  readonly ledger: string | undefined
  readonly eventstore: string | undefined
}

const stalledAfter_ms = 60_000

const cannot = (error: unknown): Failure => {
  const { code, message } = endingOf(error)
  return new Failure({
    id: 'gateway-ended',
    exit: code,
    what: 'the gateway cannot go on',
    why: message,
    remedy: 'see whether another process has its port: --listen names another, port 0 takes any that is free',
  })
}

/** Opens one, and comes back once it answers. What it keeps for itself goes with it. */
export const openOnlooker = async (
  { store, pool, ledger = '', eventstore }: Looked,
  settings: Omit<GatewayLife, 'instance'>,
  world: World,
): Promise<Onlooker> => {
  const life = { ...settings, instance: 'onlooker' }
  checkGateway(life, { kafka: undefined })
  const data = mkdtempSync(join(world.temporaryFolder, 'novation-onlooker-'))
  const stop = new AbortController()
  const bus = openMemoryBus({ topics: meshTopics(1), scheduler: world.clock })
  const health = openHealth([], [`gateway ${pool}`], stalledAfter_ms, world.clock)
  const watch = watching(openLog('warn', { process: 'gateway' }), openMetrics(), health, world.clock)
  const snapshots = join(eventstore === undefined ? ledger : data, 'snapshots')
  let running: Promise<void> = Promise.resolve()
  const listening = new Promise<string>((resolve, reject) => {
    const given = { ...gatewayGiven(life, { kafka: undefined, eventstore, ledger }, resolve), isReadOnly: true }
    running = gateway(
      { pools: [pool], data, snapshots, store, bus, scheduler: world.clock, watch, gateway: given },
      stop.signal,
    ).catch((error: unknown) => {
      throw cannot(error)
    })
    void running.catch(reject)
  })
  const close = async (): Promise<void> => {
    stop.abort()
    await running.finally(() => rmSync(data, { recursive: true, force: true }))
    await bus.close()
  }
  try {
    return {
      url: await listening,
      tell: async (stored) => {
        const told = await bus.publish(topics.events, [eventMessage(stored)])()
        if (told._tag === 'Left') throw cannot(new Error(told.left.reason))
      },
      ended: running,
      close,
    }
  } catch (error) {
    rmSync(data, { recursive: true, force: true })
    throw error
  }
}
