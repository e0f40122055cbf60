import { formatTime } from '@novation/events'
import type { Dice } from '../engine/dice'
import { type Listed, quoted } from './listed'
import { begin, type Scene } from './scene'
import { type Sending, sending } from './sending'

/** Longer than the notice that any of the terms ask for, and the clocks are off. */
const notice_ms = 35_000

/** A market that is wound down: its price as it is at last, then notice of its end; now and then somebody tries to settle it before. */
const windDown = (dice: Dice, pool: string, at: number, { id }: Listed, price: string): readonly Sending[] => [
  ...(dice.chance(0.5) ? [sending(pool, at, `settle-${id}`, 'SettleInstrument', { instrument: id, price })] : []),
  sending(
    pool,
    at + notice_ms - 2_000,
    `last-${id}`,
    'PublishPrice',
    {
      instrument: id,
      price,
      observedAt: formatTime(begin + at + notice_ms - 2_000),
    },
    'oracle',
  ),
  sending(pool, at, `delist-${id}`, 'DelistInstrument', { instrument: id, at: formatTime(begin + at + notice_ms) }),
]

/** The future ends by itself, at its fixing, and in some worlds a perpetual is wound down; with a crowd in it, at any price. */
export const settleAll = (
  dice: Dice,
  { pool, traits, listed }: Scene,
  at: number,
  prices: ReadonlyMap<string, number>,
): readonly Sending[] =>
  listed.flatMap((instrument, i) => {
    const crowded = traits.has('crowd') && i === 0
    if (instrument.kind !== 'future' && !crowded && !dice.chance(0.3)) return []
    const last = prices.get(instrument.id) ?? instrument.price
    const price = crowded ? last * dice.pick([0.6, 0.95, 1.4]) : last
    const from = at + dice.whole(0, 8_000)
    return windDown(dice, pool, from, instrument, quoted(instrument, price))
  })
