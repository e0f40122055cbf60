import { type Millis, parseTime } from '@novation/events'
import type { Scheduler } from '@novation/platform'
import type { Asked } from '../run/command-lines'

/** Whoever plays a demo to somebody: how many seconds of the ledger go by in one, and who may end it. */
export interface Pace {
  readonly speed: number
  readonly clock: Scheduler
  readonly stop: AbortSignal
  /** What was played before, up to this time, is not played again. */
  readonly since: Millis
}

const timeOf = ({ command }: Asked): Millis => parseTime(command.at ?? '')

/** Those of one moment together. */
const momentsOf = (batch: readonly Asked[]): readonly (readonly Asked[])[] => {
  const moments: Asked[][] = []
  for (const line of batch) {
    const last = moments.at(-1)
    if (last?.[0] !== undefined && timeOf(last[0]) === timeOf(line)) last.push(line)
    else moments.push([line])
  }
  return moments
}

/** The same lines in the same order, a moment at a time and none before its time has come. What is made of them is the same. */
export async function* paced(
  lines: AsyncIterable<readonly Asked[]>,
  { speed, clock, stop, since }: Pace,
): AsyncIterable<readonly Asked[]> {
  let origin: { readonly at: Millis; readonly now: Millis } | undefined
  for await (const batch of lines)
    for (const moment of momentsOf(batch)) {
      const [first] = moment
      const at = first === undefined ? since : timeOf(first)
      if (at > since) {
        origin ??= { at, now: clock.now() }
        const wait_ms = origin.now + (at - origin.at) / speed - clock.now()
        if (wait_ms > 0) await clock.sleep(wait_ms, stop)
      }
      yield moment
    }
}
