import { formatTime, type LedgerEvent } from '@novation/events'
import type { Finding } from '../checks/findings'
import { diceOf } from '../engine/dice'
import { type Fault, weatherOf } from '../engine/weather'
import { bidsOn } from '../load/bidders'
import { crossingsAfter } from '../load/crossings'
import { faithlessAfter } from '../load/faithless'
import { hedgesOn } from '../load/hedges'
import { identityAfter, lead_ms } from '../load/identity'
import { linesAfter } from '../load/lines'
import { planFor, scenesFor } from '../load/plan'
import { runAfter } from '../load/runs'
import { begin, type Scene } from '../load/scene'
import type { Sending } from '../load/sending'
import { hasOracles } from '../load/sources'
import { theftsAfter } from '../load/thief'
import { poolsOf, type Trait, traitsOf } from '../load/traits'
import { calmDown } from './calm'
import { sendAll } from './outside'
import { type Parts, parts as product } from './parts'
import { ledgerService, oracleService, reactorService } from './process'
import { reachedIn } from './reached'
import { raiseStorm } from './storm'
import { openWorld, type World } from './world'

export interface Course {
  readonly seed: number
  /** Only these faults, instead of those the seed draws. */
  readonly faults?: readonly Fault[]
  /** As much of each fault as there ever is. */
  readonly fullForce?: boolean
  /** Only these traits, instead of those the seed draws. */
  readonly traits?: readonly Trait[]
  /** Only the sendings with these numbers, instead of all. */
  readonly keep?: ReadonlySet<number>
  readonly parts?: Parts
  readonly again?: boolean
  readonly trace?: (line: string) => void
  /** Whether enough was seen: then the world ends where it is. */
  readonly isEnough?: () => boolean
}

export interface Ended {
  readonly seed: number
  readonly finding?: Finding
  readonly events: number
  readonly steps: number
  readonly simulated_ms: number
  readonly sendings: readonly Sending[]
  readonly faults: readonly Fault[]
  readonly traits: readonly Trait[]
  /** What the world came to, and how often. */
  readonly reached: ReadonlyMap<string, number>
  /** The heads of the chains: equal for equal courses. */
  readonly head: string
}

/** What outsiders do when they see an event: keepers bid, prices move to somebody's line, and there is a run on what is frozen. */
const answering = (seed: number, scenes: readonly Scene[]) => {
  const bidding = diceOf(seed, 'bidders')
  const ticking = diceOf(seed, 'lines')
  const crossing = diceOf(seed, 'crossings')
  const stealing = diceOf(seed, 'thief')
  const running = diceOf(seed, 'runs')
  const hedging = diceOf(seed, 'hedges')
  const betraying = diceOf(seed, 'faithless')
  return (world: World, event: LedgerEvent): readonly Sending[] => {
    const pool = world.ledgers.get(event.pool)?.pool()
    const scene = scenes.find((each) => each.pool === event.pool)
    if (pool === undefined || scene === undefined) return []
    const now = Math.floor(world.timeline.now())
    return [
      ...bidsOn(bidding, scene.listed, event),
      ...(scene.traits.has('lines') ? linesAfter(ticking, pool, event, formatTime(now)) : []),
      ...(scene.traits.has('thief') ? theftsAfter(stealing, pool, event, now) : []),
      ...(scene.traits.has('restarts') ? crossingsAfter(crossing, pool, event, now) : []),
      ...(scene.traits.has('runs') ? runAfter(running, pool, event) : []),
      ...(scene.traits.has('options') ? hedgesOn(hedging, pool, event) : []),
      ...(scene.traits.has('liars') ? faithlessAfter(betraying, scene.traits, pool, event) : []),
    ]
  }
}

/** One world from its seed: a storm, then calm; the first thing that must not be, or nothing. */
export const runWorld = async (course: Course): Promise<Ended> => {
  const { seed, parts = product, again = true, trace = () => undefined, isEnough = () => false } = course
  const weather = weatherOf(diceOf(seed, 'weather'), course.faults, course.fullForce)
  const traits = traitsOf(diceOf(seed, 'traits'), course.traits)
  const scenes = scenesFor(diceOf(seed, 'load'), traits, poolsOf(traits))
  const sendings = planFor(diceOf(seed, 'load'), weather, scenes)
  const kept = sendings.filter((_, i) => course.keep === undefined || course.keep.has(i))
  const answers = answering(seed, scenes)
  const registering = diceOf(seed, 'identity')
  let isStormy = true
  const happened = (event: LedgerEvent): void => {
    const pool = world.ledgers.get(event.pool)?.pool()
    const sent = [
      ...(pool === undefined ? [] : identityAfter(registering, traits, pool, event)),
      ...(isStormy ? answers(world, event) : []),
    ]
    if (sent.length > 0) void sendAll(world, sent)
  }
  const world: World = openWorld({ seed, parts, weather, traits, again, trace, happened })
  const isOver = (): boolean => world.findings.first() !== undefined || isEnough()

  const services = [
    ledgerService(world, 'ledger'),
    ...world.posts.map((post) => reactorService(world, post)),
    ...(hasOracles(traits) ? ['oracle one', 'oracle two'].map((name) => oracleService(world, name)) : []),
  ]
  const rival = ledgerService(world, 'ledger-rival')
  rival.keep = false
  for (const service of services) service.start()
  raiseStorm(world, services, rival, () => !isStormy)
  const lead = lead_ms(traits)
  const isSent = sendAll(
    world,
    kept.map((each) => ({ ...each, at_ms: each.at_ms + lead })),
  )
  try {
    await world.timeline.passTo(begin + (sendings.at(-1)?.at_ms ?? 0) + 2_000, isOver)
    if (!isOver()) {
      world.trace(traits.has('silence') ? '-- calm, and silence' : '-- calm')
      isStormy = false
      world.calmDown()
      rival.stop()
      for (const service of services) {
        service.keep = true
        service.start()
      }
      await calmDown(world, isSent, isOver)
    }
  } catch (error) {
    world.findings.found('nothing throws', String(error))
  }
  for (const service of [...services, rival]) service.forget()
  const finding = world.findings.first()
  return {
    seed,
    ...(finding === undefined ? {} : { finding }),
    events: [...world.ledgers.values()].reduce((count, ledger) => count + ledger.events().length, 0),
    steps: world.timeline.steps(),
    simulated_ms: world.timeline.now() - begin,
    sendings: kept,
    faults: (Object.keys(weather) as Fault[]).filter((name) => weather[name] > 0),
    traits: [...traits],
    reached: reachedIn(world),
    head: [...world.ledgers.values()].map((ledger) => ledger.events().at(-1)?.metadata.hash ?? '').join(' '),
  }
}
