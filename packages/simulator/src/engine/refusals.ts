import { topics } from '@novation/events'
import type { Message } from '@novation/platform'
import type { Dice } from './dice'
import type { Timeline } from './timeline'
import type { Weather } from './weather'

/** How likely a record of a topic is one that the broker does not take, in the worst weather. */
const shares: Readonly<Record<string, number>> = {
  [topics.commands]: 0.15,
  [topics.deadLetters]: 0.1,
  [topics.events]: 0.004,
}

/**
 * Records that the broker refuses for good, the same ones however often they are tried and whoever tries them; until, after
 * a while, somebody has seen to the broker. Answers the place of the first in a batch, or nothing.
 */
export const openRefusals = (timeline: Timeline, dice: Dice) => {
  const until = new Map<string, number>()
  return (topic: string, messages: readonly Message[], { refused }: Weather): number | undefined => {
    if (refused === 0) return undefined
    const at = messages.findIndex(({ value }) => {
      const name = `${topic} ${value}`
      const known = until.get(name)
      if (known !== undefined) return timeline.now() < known
      const own = dice.for(name)
      if (!own.chance(refused * (shares[topic] ?? 0))) return false
      until.set(name, timeline.now() + own.whole(5_000, 30_000))
      return true
    })
    return at < 0 ? undefined : at
  }
}
