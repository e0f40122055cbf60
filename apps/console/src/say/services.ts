import type { Answer } from '@novation/client'
import { count, number } from './counts'

export type Services = Answer<'services'>

/** What each service of the mesh is there for. */
export const does: Readonly<Record<string, string>> = {
  margin: 'calls whoever falls below the initial margin, and closes a call that was met',
  liquidator: 'liquidates whoever missed a call or fell below the maintenance margin',
  insurance: 'covers what an account lacks once nothing of it is left to sell',
  clock: 'has happen what falls due while nobody asks anything',
}

/** Whether it is well, said before any figure. */
export const wellnessOf = ({
  deadLetters,
  feeds,
  commandsWaiting,
}: Services): { readonly tone: 'well' | 'watched'; readonly sentence: string } => {
  const turned = deadLetters.reduce((sum, letter) => sum + letter.count, 0)
  const troubles = [
    ...(turned === 0 ? [] : [`${count(turned, 'record was', 'records were')} turned away at the door of the ledger`]),
    ...(feeds.behind === 0 ? [] : [`${count(feeds.behind, 'reader is', 'readers are')} behind`]),
    ...(commandsWaiting === 0 ? [] : [`${count(commandsWaiting, 'command waits', 'commands wait')} for its outcome`]),
  ]
  return troubles.length === 0
    ? { tone: 'well', sentence: 'Nothing was turned away, nobody who follows is behind, and no command waits.' }
    : { tone: 'watched', sentence: `${troubles.join('; ')}.` }
}

/** A while, in the largest unit that says it: `3 s`, `2 min`, `5 h`, `12 d`. */
export const since = (then: string, now: string): string => {
  const seconds = Math.max(0, Math.floor((Date.parse(now) - Date.parse(then)) / 1000))
  if (seconds < 120) return `${number(seconds)} s`
  if (seconds < 7_200) return `${number(Math.floor(seconds / 60))} min`
  if (seconds < 172_800) return `${number(Math.floor(seconds / 3_600))} h`
  return `${number(Math.floor(seconds / 86_400))} d`
}
