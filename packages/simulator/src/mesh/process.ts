import { emptyPool, signWith } from '@novation/clearing'
import { type CheckAll, type Command, signCommand, streamOf, topics } from '@novation/events'
import { type Bus, type EventStore, Halted, type Scheduler } from '@novation/platform'
import { standsAsInTheLedger } from '../checks/liveness'
import { beginLife, type Life, schedulerOf } from '../engine/life'
import { keyOf } from '../load/keys'
import { checkpointsOn } from './checkpoints'
import { failing } from './failing'
import { openMachine } from './machine'
import type { Post } from './posts'
import { snapshotsOn } from './snapshots'
import { noteOccasion, noteSeen, type World } from './world'

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

const expected: ReadonlySet<Halted['reason']> = new Set(['fenced', 'stopped', 'disk-failed', 'refused'])

/** Ends that a supervisor expects: somebody else leads, it was told to stop, its disk or its bus did not take what it had. Anything else must not happen. */
const isExpected = (error: unknown): boolean => error instanceof Halted && expected.has(error.reason)

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
      const scheduler = schedulerOf(timeline, own.life, {
        skew_ms: () => (weather().skew > 0 ? skew : 0),
        grain_ms: world.traits.has('seconds') ? 1_000 : 1,
        late_ms: () => (dice.chance(weather()['late-timer'] * 0.1) ? dice.whole(500, 15_000) : 0),
      })
      const failed = (topic?: string): void => {
        // Few are the dead letters: so each has its chance.
        const share = topic === topics.deadLetters ? 1 : 0.5
        if (!dice.chance(weather()['end-in-backoff'] * share)) return
        timeline.after(dice.whole(1, 45), () => {
          if (current !== own) return
          noteOccasion(world, 'ended within its back-off')
          dice.chance(0.7) ? service.stop() : service.crash()
        })
      }
      const ports: Ports = {
        life: own.life,
        store: world.parts.store(
          kind,
          failing.store(world.store.connect(own.life, dice.for('store'), weather), () => failed()),
          scheduler,
        ),
        bus: world.parts.bus(
          kind,
          failing.bus(world.bus.connect(own.life, dice.for('bus'), weather), failed),
          scheduler,
          own.stop.signal,
        ),
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

/** Signatures are checked within the step that asks: on threads, what a seed comes to would depend on the machine. */
const checkHere =
  ({ verify }: World): CheckAll =>
  async (claims) =>
    claims.map(({ key, text, signature }) => verify(key, text, signature))

/** A ledger process: the real service, watched where it answers. */
export const ledgerService = (world: World, name: string): Service => {
  const machine = openMachine()
  const dice = world.dice.for(`snapshots of ${name}`)
  return superviseAs(world, name, 'ledger', async ({ life, store, bus, scheduler }, signal) => {
    await world.parts.runLedger(
      {
        pools: world.pools,
        store,
        bus,
        scheduler,
        initial: (pool) => emptyPool(pool, world.cut, world.verify),
        sign: signWith(keyOf),
        check: checkHere(world),
        snapshots: snapshotsOn(world, machine, life, dice),
        report: {
          opened: () => noteOccasion(world, 'ledger opened from a snapshot'),
          passedOver: ({ revision }, reason) =>
            world.findings.found('a snapshot is whole, or not there', `${name}: ${revision}: ${reason}`),
          committed: (pool, _, stored) => {
            for (const { revision, hash } of stored)
              if (world.store.stream(streamOf(pool.name))[revision]?.hash !== hash)
                world.findings.found(
                  'what counts is durable',
                  `${name} answers for revision ${revision}, which is not in the store`,
                )
          },
        },
      },
      signal,
    )
    machine.isClean = true
  })
}

/** A process that carries quotes: the real service. It keeps nothing between two lives. */
export const oracleService = (world: World, name: string): Service =>
  superviseAs(world, name, 'oracle', ({ store, bus, scheduler }, signal) => {
    const key = keyOf('oracle')
    const sign = (command: Command, domain: string): Command =>
      key === undefined ? command : signCommand(command, domain, [key])
    const { pools, parts } = world
    return parts.runOracle({ pools, store, bus, scheduler, sign, tick_ms: 500, move: 0.001 }, signal)
  })

/** A process of reactors: the real host, with the real policies, its state seen from outside. */
export const reactorService = (world: World, post: Post): Service => {
  const { name, group, reactors } = post
  const [fold] = reactors
  const machine = world.machines.get(name) ?? openMachine()
  world.machines.set(name, machine)
  const dice = world.dice.for(`checkpoints of ${name}`)
  return superviseAs(world, name, fold.name, async ({ life, store, bus, scheduler }, signal) => {
    await world.parts.runReactors(
      {
        reactors,
        fold: {
          ...fold,
          evolve: (state, event) => {
            const next = fold.evolve(state, event)
            noteSeen(world, post, next, event.revision)
            standsAsInTheLedger(world, post, next)
            return next
          },
        },
        pools: world.pools,
        group,
        store,
        bus,
        scheduler,
        checkpoints: checkpointsOn(world, post, machine, life, dice),
        report: { asked: (commands) => world.traffic.asked(post, commands) },
        sign: signWith(keyOf),
      },
      signal,
    )
    machine.isClean = true
  })
}
