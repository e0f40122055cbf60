import { topics } from '@novation/events'
import type { Bus } from '../bus/bus'
import { type DeadReason, type DeadRecord, deadLetter } from '../bus/dead-letter'
import type { Scheduler } from '../time/scheduler'
import { Halted } from './halt'
import { publishSurely } from './publish-surely'

/** Whether what was in hand is done with. Where the service was told to stop first it is not, and comes again. */
export type Progress = 'done' | 'stopped'

/** A record that cannot be processed, and why. */
export interface Dead {
  readonly record: DeadRecord
  readonly reason: DeadReason
}

export interface Undertaker {
  readonly bus: Bus
  readonly scheduler: Scheduler
  /** Hears of each record once it is on the dead-letter topic. */
  readonly report?: { readonly deadLettered?: (reason: DeadReason) => void }
}

/**
 * Sets records aside on the dead-letter topic; done once each is acknowledged there (protocol 6). There is no other place
 * for them, so where the bus refuses one for good the service must stop, and the records stay uncommitted where they are.
 */
export const bury = async (
  { bus, scheduler, report }: Undertaker,
  dead: readonly Dead[],
  signal: AbortSignal,
): Promise<Progress> => {
  const [first, ...rest] = dead.map(({ record, reason }) => deadLetter(record, reason))
  if (first === undefined) return 'done'
  const published = await publishSurely(bus, scheduler, topics.deadLetters, [first, ...rest], signal)
  switch (published.tag) {
    case 'sent':
      for (const { reason } of dead) report?.deadLettered?.(reason)
      return 'done'
    case 'stopped':
      return 'stopped'
    case 'refused': {
      const [{ reason }] = published.refused
      throw new Halted('refused', `${published.refused.length} of ${dead.length} dead letters are refused: ${reason}`)
    }
  }
}
