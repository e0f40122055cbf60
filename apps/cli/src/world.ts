import type { Readable } from 'node:stream'
import type { Scheduler } from '@novation/platform'

/** A stream of text to a person or to another program. */
export interface Outlet {
  /** Comes back when there is room for more. */
  readonly write: (text: string) => Promise<void>
  /** Whether whoever read it has gone: what is written since goes nowhere. */
  readonly isGone: () => boolean
  /** Whether a person at a terminal reads it, and how wide that is. */
  readonly terminal: boolean
  readonly columns: number
}

/** Everything a command meets outside itself: given to it, so that a test can be the world. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Touched only by a command that reads it. */
  readonly stdin: () => Readable
  /** Data, and nothing else. */
  readonly out: Outlet
  /** Everything that is not data. */
  readonly err: Outlet
  readonly clock: Scheduler
  /** Aborted when somebody presses Ctrl-C. */
  readonly interrupted: AbortSignal
  readonly temporaryFolder: string
  /** Has others on this machine go first from now on, the more the higher the number: 0 to 19. */
  readonly standBack: (nice: number) => void
  /** Whether texts may be coloured (NO_COLOR, and whether a terminal reads them). */
  readonly colour: boolean
}
