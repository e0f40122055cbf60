import { extname, join } from 'node:path'
import { openThread, type Scheduler } from '@novation/platform'
import type { Day } from './day'
import type { PriceTally } from './price-tally'
import { type DemoAsked, honestly } from './whole-demo'
import { withoutLiars } from './without-liars'

/** A demo that is played beside another, with the liars honest. */
export interface Beside {
  /** How it ended, once it has; nothing where somebody stopped waiting. */
  readonly tally: (clock: Scheduler, stop: AbortSignal) => Promise<PriceTally | undefined>
  readonly close: () => Promise<void>
}

/** Begins at once, in a thread of its own: where a core is spare, nobody waits for it. */
export const playBeside = (day: Day, { accounts, seed, sources, liars, identity, maxSettle }: DemoAsked): Beside => {
  const asked: DemoAsked = { accounts, seed, sources, liars, identity, maxSettle }
  const thread = openThread<Day, PriceTally>(join(__dirname, `honest-thread${extname(__filename)}`), asked)
  const done = new AbortController()
  const played = thread
    .ask(day, done.signal)
    // Where there is no thread it is played here, once somebody asks.
    .catch(() => undefined)
    .finally(() => done.abort())
  return {
    tally: async (clock, stop) => {
      // A thread keeps nobody alive: whoever waits for it stays awake.
      while (!done.signal.aborted && !stop.aborted) await clock.sleep(60_000, AbortSignal.any([done.signal, stop]))
      return stop.aborted ? undefined : ((await played) ?? withoutLiars(honestly(day, asked)))
    },
    close: thread.close,
  }
}
