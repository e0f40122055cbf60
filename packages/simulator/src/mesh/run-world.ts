import { format } from '@novation/decimal'
import { formatTime, type LedgerEvent, topics } from '@novation/events'
import { type Message, publishSurely } from '@novation/platform'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { Finding } from '../checks/findings'
import { checkFolds, pending } from '../checks/liveness'
import { diceOf } from '../engine/dice'
import { beginLife, schedulerOf } from '../engine/life'
import { type Fault, weatherOf } from '../engine/weather'
import { bidsOn } from '../load/bidders'
import { begin } from '../load/house'
import { planOf } from '../load/plan'
import type { Sending } from '../load/sending'
import { type Parts, parts as product } from './parts'
import { ledgerService, reactorService } from './process'
import { raiseStorm } from './storm'
import { openWorld, type World } from './world'

export interface Course {
  readonly seed: number
  /** Only these faults, instead of those the seed draws. */
  readonly faults?: readonly Fault[]
  /** Only the sendings with these numbers, instead of all. */
  readonly keep?: ReadonlySet<number>
  readonly parts?: Parts
  readonly again?: boolean
  readonly trace?: (line: string) => void
}

export interface Ended {
  readonly seed: number
  readonly finding?: Finding
  readonly events: number
  readonly steps: number
  readonly simulated_ms: number
  readonly sendings: readonly Sending[]
  readonly faults: readonly Fault[]
  /** The head of the ledger's chain: equal for equal courses. */
  readonly head: string
}

const loadSteps = 28

/** The world outside sends: each record until it is acknowledged. */
const sendAll = (world: World, sendings: readonly Sending[]): (() => boolean) => {
  const life = beginLife('outside')
  const dice = world.dice.for('outside')
  const bus = world.bus.connect(life, dice, world.weather)
  const scheduler = schedulerOf(world.timeline, life, () => 0)
  const { signal } = new AbortController()
  let left = sendings.length
  for (const { at_ms, text } of sendings)
    world.timeline.after(at_ms, () => {
      const messages: NonEmptyArray<Message> = [{ key: 'main', value: text, headers: {} }]
      void publishSurely(bus, scheduler, topics.commands, messages, signal).then(() => {
        left -= 1
      })
    })
  return () => left === 0
}

const freshPrices = (world: World, round: number): readonly Sending[] =>
  [...world.ledger.pool().instruments.values()].flatMap(({ id, price, settled }) =>
    settled || price === undefined
      ? []
      : [
          {
            at_ms: 0,
            text: JSON.stringify({
              id: `calm-${round}-${id}`,
              type: 'PublishPrice',
              pool: 'main',
              actor: 'oracle',
              data: {
                instrument: id,
                price: format(price.value),
                observedAt: formatTime(Math.max(world.timeline.now(), price.observedAt)),
              },
            }),
          },
        ],
  )

const rounds = 60
const round_ms = 10_000

/** Faults off, prices steady: whatever is pending must come to its end within so many rounds. */
const calmDown = async (world: World, isSent: () => boolean, isOver: () => boolean): Promise<void> => {
  let why: string | undefined
  for (let round = 0; round < rounds; round += 1) {
    const sent = sendAll(world, freshPrices(world, round))
    await world.timeline.passTo(world.timeline.now() + round_ms, isOver)
    if (isOver()) return
    why = isSent() && sent() ? pending(world) : 'not everything is sent'
    if (why === undefined) return checkFolds(world)
  }
  world.findings.found('everything pending finishes', why ?? '')
}

/** One world from its seed: a storm, then calm; the first thing that must not be, or nothing. */
export const runWorld = async (course: Course): Promise<Ended> => {
  const { seed, parts = product, again = true, trace = () => undefined } = course
  const weather = weatherOf(diceOf(seed, 'weather'), course.faults)
  const sendings = planOf(diceOf(seed, 'load'), weather, begin, loadSteps)
  const kept = sendings.filter((_, i) => course.keep === undefined || course.keep.has(i))
  const bidding = diceOf(seed, 'bidders')
  let isBidding = true
  const happened = (event: LedgerEvent): void => {
    if (isBidding) sendAll(world, bidsOn(bidding, event))
  }
  const world: World = openWorld({ seed, parts, weather, again, trace, happened })
  const isOver = (): boolean => world.findings.first() !== undefined

  const services = [ledgerService(world, 'ledger'), ...parts.reactors.map((reactor) => reactorService(world, reactor))]
  const rival = ledgerService(world, 'ledger-rival')
  rival.keep = false
  for (const service of services) service.start()
  let isCalm = false
  raiseStorm(world, services, rival, () => isCalm)
  const isSent = sendAll(world, kept)
  try {
    await world.timeline.passTo(begin + (sendings.at(-1)?.at_ms ?? 0) + 2_000, isOver)
    if (!isOver()) {
      world.trace('-- calm')
      isCalm = true
      isBidding = false
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
  const finding = world.findings.first()
  return {
    seed,
    ...(finding === undefined ? {} : { finding }),
    events: world.ledger.events().length,
    steps: world.timeline.steps(),
    simulated_ms: world.timeline.now() - begin,
    sendings: kept,
    faults: (Object.keys(weather) as Fault[]).filter((name) => weather[name] > 0),
    head: world.ledger.events().at(-1)?.metadata.hash ?? '',
  }
}
