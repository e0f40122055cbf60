import type { Asset, Instrument, Pool } from '@novation/clearing'
import { format } from '@novation/decimal'
import { formatTime, type LedgerEvent, parseTime } from '@novation/events'
import { checkFolds, pending } from '../checks/liveness'
import { type Sending, sending } from '../load/sending'
import { sendAll } from './outside'
import type { World } from './world'

/** The last price once more, observed now. */
const again = (pool: Pool, now: number, round: number, { id, price }: Asset | Instrument, what: string) =>
  price === undefined
    ? []
    : [
        sending(
          pool.name,
          0,
          `calm-${round}-${id}`,
          'PublishPrice',
          {
            [what]: id,
            price: format(price.value),
            observedAt: formatTime(Math.max(now, price.observedAt)),
          },
          'oracle',
        ),
      ]

type Told = Extract<LedgerEvent, { type: 'ForwardTick' | 'VolatilityTick' }>

const toldAgain = ({ type, data }: Told) => {
  const { underlying, expiry } = data
  return type === 'ForwardTick'
    ? { type: 'PublishForward', data: { underlying, expiry, price: data.price } }
    : { type: 'PublishVolatility', data: { underlying, expiry, points: data.points } }
}

/** The last forward and the last surface of each expiry that is to come, once more. */
const marketAgain = (pool: Pool, events: readonly LedgerEvent[], now: number, round: number): readonly Sending[] => {
  const last = new Map<string, Told>()
  for (const event of events)
    if (event.type === 'ForwardTick' || event.type === 'VolatilityTick')
      if (parseTime(event.data.expiry) > now) last.set(`${event.type} ${event.data.expiry}`, event)
  return [...last.values()].map((told, i) => {
    const { type, data } = toldAgain(told)
    const observedAt = formatTime(Math.max(now, parseTime(told.data.observedAt)))
    return sending(pool.name, 100, `calm-${round}-market-${i}`, type, { ...data, observedAt }, 'oracle')
  })
}

/** Prices go on, but in a silent world after the first: what is pending then comes to its end though nothing happens. */
const goingOn = (world: World, round: number): readonly Sending[] =>
  [...world.ledgers.values()].flatMap((ledger) => {
    if (round > 0 && world.traits.has('silence')) return []
    const pool = ledger.pool()
    const now = world.timeline.now()
    return [
      ...[...pool.instruments.values()].flatMap((each) =>
        each.settled || each.option !== undefined ? [] : again(pool, now, round, each, 'instrument'),
      ),
      ...[...pool.assets.values()].flatMap((each) => again(pool, now, round, each, 'asset')),
      ...marketAgain(pool, ledger.events(), now, round),
    ]
  })

const rounds = 60
const round_ms = 10_000

/** Faults off, prices steady: whatever is pending must come to its end within so many rounds. */
export const calmDown = async (world: World, isSent: () => boolean, isOver: () => boolean): Promise<void> => {
  let why: string | undefined
  for (let round = 0; round < rounds; round += 1) {
    const sent = sendAll(world, goingOn(world, round))
    await world.timeline.passTo(world.timeline.now() + round_ms, isOver)
    if (isOver()) return
    why = isSent() && sent() ? pending(world) : 'not everything is sent'
    if (why === undefined) {
      const untold = world.traffic.untold()
      if (untold !== undefined) world.findings.found('what the bus refuses is told', untold)
      return checkFolds(world)
    }
  }
  world.findings.found('everything pending finishes', why ?? '')
}
