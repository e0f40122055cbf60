import { streamOf } from '@novation/events'
import { type Bus, type EventStore, Halted, type Scheduler } from '@novation/platform'
import { beginLife, type Life, schedulerOf } from '../engine/life'
import { checkpointsOn, type Disk } from './checkpoints'
import type { Post } from './posts'
import { noteSeen, type World } from './world'

/** A service as its supervisor keeps it: killed, stopped, and started again. */
export interface Service {
  readonly name: string
  readonly isUp: () => boolean
  /** The process is gone between two of its steps, without a word. */
  readonly crash: () => void
  /** The process is asked to end, and ends when it has finished what it had in hand. */
  readonly stop: () => void
  /** Lets go of all that its lives still wait for, once nobody looks any more. */
  readonly forget: () => void
  /** Starts it, where it is not running. */
  readonly start: () => void
  /** Whether it is started again when it ended. */
  keep: boolean
}

interface Ports {
  readonly life: Life
  readonly store: EventStore
  readonly bus: Bus
  readonly scheduler: Scheduler
}

type Run = (ports: Ports, signal: AbortSignal) => Promise<void>

const restart_ms = [200, 4_000] as const

/** Ends that a supervisor expects: somebody else leads, or it was told to stop. Anything else must not happen. */
const isExpected = (error: unknown): boolean =>
  error instanceof Halted && (error.reason === 'fenced' || error.reason === 'stopped')

const superviseAs = (world: World, name: string, kind: string, run: Run): Service => {
  const { timeline, weather } = world
  const dice = world.dice.for(`process ${name}`)
  const lives: { readonly life: Life; readonly stop: AbortController }[] = []
  let current: { readonly life: Life; readonly stop: AbortController } | undefined

  const startLater = (service: Service): void =>
    timeline.after(dice.whole(...restart_ms), () => {
      if (service.keep) service.start()
    })

  const service: Service = {
    name,
    keep: true,
    isUp: () => current !== undefined,
    crash: () => {
      if (current === undefined) return
      world.trace(`-- ${name} crashes`)
      current.life.kill()
      current = undefined
      startLater(service)
    },
    stop: () => {
      if (current === undefined) return
      world.trace(`-- ${name} is told to stop`)
      current.stop.abort()
    },
    forget: () => {
      for (const { life } of lives) life.kill()
      // A composed signal that somebody listens to is never collected until it is aborted.
      for (const { stop } of lives) stop.abort('nobody looks any more')
    },
    start: () => {
      if (current !== undefined) return
      const own = { life: beginLife(name), stop: new AbortController() }
      current = own
      lives.push(own)
      const skew = Math.round((dice.next() - 0.5) * 16_000 * weather().skew)
      world.trace(`-- ${name} starts, its clock ${skew} ms off`)
      const scheduler = schedulerOf(timeline, own.life, () => (weather().skew > 0 ? skew : 0))
      const ports: Ports = {
        life: own.life,
        store: world.parts.store(kind, world.store.connect(own.life, dice.for('store'), weather), scheduler),
        bus: world.parts.bus(kind, world.bus.connect(own.life, dice.for('bus'), weather), scheduler),
        scheduler,
      }
      const ended = (error?: unknown): void => {
        if (own.life.isOver()) return
        own.life.kill()
        current = undefined
        world.trace(`-- ${name} ended${error === undefined ? '' : `: ${String(error)}`}`)
        if (error !== undefined && !isExpected(error))
          world.findings.found('no process dies by itself', `${name}: ${String(error)}`)
        if (error === undefined && !own.stop.signal.aborted)
          world.findings.found('no process dies by itself', `${name} ended without being told`)
        startLater(service)
      }
      void run(ports, own.stop.signal).then(
        () => ended(),
        (error: unknown) => ended(error ?? new Error('nothing was said')),
      )
    },
  }
  return service
}

/** A ledger process: the real service, watched where it answers. */
export const ledgerService = (world: World, name: string): Service =>
  superviseAs(world, name, 'ledger', ({ store, bus, scheduler }, signal) =>
    world.parts.runLedger(
      {
        pools: world.pools,
        store,
        bus,
        scheduler,
        report: {
          committed: (pool) => {
            if (world.store.stream(streamOf(pool.name))[pool.revision]?.hash !== pool.head)
              world.findings.found(
                'what counts is durable',
                `${name} answers for revision ${pool.revision}, which is not in the store`,
              )
          },
        },
      },
      signal,
    ),
  )

/** A reactor process: the real host, with the real policy, its state seen from outside. */
export const reactorService = (world: World, post: Post): Service => {
  const { name, group, reactor } = post
  const disk: Disk = world.disks.get(name) ?? new Map()
  world.disks.set(name, disk)
  return superviseAs(world, name, reactor.name, ({ life, store, bus, scheduler }, signal) => {
    const dice = world.dice.for(`checkpoints of ${name}`)
    return world.parts.runReactor(
      {
        reactor: {
          ...reactor,
          evolve: (state, event) => {
            const next = reactor.evolve(state, event)
            noteSeen(world, post, next, event.revision)
            return next
          },
        },
        pools: world.pools,
        group,
        store,
        bus,
        scheduler,
        checkpoints: checkpointsOn(disk, reactor, world.timeline, life, dice, world.weather),
        report: { asked: (_, commands) => world.traffic.asked(post, commands) },
      },
      signal,
    )
  })
}
