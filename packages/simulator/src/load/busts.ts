import type { Dice } from '../engine/dice'
import type { Scene } from './scene'
import { type Sending, sending } from './sending'

/** What an operator thinks of a trade some time after it: mostly nothing; or that it was a mistake, once or twice, at times too late. */
export const busted = (dice: Dice, { pool }: Scene, id: string, at: number): readonly Sending[] => {
  if (!dice.chance(0.4)) return []
  const often = dice.chance(0.1) ? 2 : 1
  return Array.from({ length: often }, (_, i) =>
    sending(pool, at + dice.whole(200, 12_000), `bust-${id}-${i}`, 'BustTrade', { trade: `t-${id}` }),
  )
}
