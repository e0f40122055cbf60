import type { Dice } from '../engine/dice'
import { quoted } from './listed'
import type { Scene } from './scene'
import { type Sending, sending } from './sending'

/** The future is settled in the end, and in some worlds a perpetual is wound down; with a crowd in it, at any price. */
export const settleAll = (
  dice: Dice,
  { pool, traits, listed }: Scene,
  at: number,
  prices: ReadonlyMap<string, number>,
): readonly Sending[] =>
  listed.flatMap((instrument, i) => {
    const crowded = traits.has('crowd') && i === 0
    if (instrument.kind !== 'future' && !crowded && !dice.chance(0.3)) return []
    const price = (prices.get(instrument.id) ?? instrument.price) * (crowded ? dice.pick([0.6, 0.95, 1.4]) : 1)
    return [
      sending(pool, at + dice.whole(0, 8_000), `settle-${instrument.id}`, 'SettleInstrument', {
        instrument: instrument.id,
        price: quoted(instrument, price),
      }),
    ]
  })
