import type { Asset, Instrument, Pool } from '@novation/clearing'
import { format } from '@novation/decimal'
import { formatTime } from '@novation/events'
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

/** Prices go on, but in a silent world after the first: what is pending then comes to its end though nothing happens. */
const goingOn = (world: World, round: number): readonly Sending[] =>
  [...world.ledgers.values()].flatMap((ledger) => {
    if (round > 0 && world.traits.has('silence')) return []
    const pool = ledger.pool()
    const now = world.timeline.now()
    return [
      ...[...pool.instruments.values()].flatMap((each) =>
        each.settled ? [] : again(pool, now, round, each, 'instrument'),
      ),
      ...[...pool.assets.values()].flatMap((each) => again(pool, now, round, each, 'asset')),
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
