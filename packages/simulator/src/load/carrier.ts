import type { Quote } from '@novation/events'
import { type Dice, inAnyOrder } from '../engine/dice'

/** Who brings quotes to a pool. */
export interface Carrier {
  /** What is brought now of what sources have said by now. */
  readonly carry: (quotes: readonly Quote[]) => readonly Quote[]
}

/** Brings what is said, as it is said. */
export const faithful: Carrier = { carry: (quotes) => quotes }

/** So many quotes a command holds at most, and so many a bad carrier remembers. */
const most = 64

/** Holds back some of what it is given until another time, brings it in another order, mixed with what it has brought before. */
export const unruly = (dice: Dice): Carrier => {
  let held: readonly Quote[] = []
  let brought: readonly Quote[] = []
  return {
    carry: (quotes) => {
      const all = [...held, ...quotes].map((quote) => [quote, dice.chance(0.15)] as const)
      held = all.flatMap(([quote, waits]) => (waits ? [quote] : [])).slice(-most)
      const now = all.flatMap(([quote, waits]) => (waits ? [] : [quote]))
      const again = brought.filter(() => dice.chance(0.1))
      brought = [...brought, ...now].slice(-most)
      return inAnyOrder(dice, [...now, ...again]).slice(0, most)
    },
  }
}
