import { isNonEmpty } from 'fp-ts/Array'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { Scheduler } from '../../time/scheduler'
import type { Delivery, Subscription } from '../bus'
import type { PartitionLog } from './partition-log'

export interface Member {
  /** The next batch of a partition of this member's, at most `limit` records, or nothing for now. */
  take(limit: number): NonEmptyArray<Delivery> | undefined
  /** Commits the first `done` records of a batch that was taken; the rest comes again after a pause. */
  settle(batch: NonEmptyArray<Delivery>, done: number): void
  /** Settles when there may be something to take. */
  change(): Promise<void>
  wake(): void
  leave(): void
}

/** The members of one group share the partitions of one topic; the group remembers what is done with. */
export interface Group {
  join(from: Subscription['from']): Member
  wake(): void
  /** How many records of a partition wait for the members there are: none where there is no member. */
  behind(partition: number): number
  /** The offset from which on the group still wants a partition: from 0 until it commits something. */
  wants(partition: number): number
}

interface Seat {
  readonly from: Subscription['from']
  wake: () => void
}

interface Progress {
  readonly partition: number
  readonly log: PartitionLog
  committed: number | undefined
  /** Where reading begins while nothing is committed. */
  begin: number
  /** A batch is out: the partition waits until it is settled, whoever owns it by then. */
  busy: boolean
  pause: AbortController | undefined
}

export const openGroup = (logs: readonly PartitionLog[], scheduler: Scheduler, pause_ms: number): Group => {
  let seats: readonly Seat[] = []
  const all = logs.map(
    (log, partition): Progress => ({
      partition,
      log,
      committed: undefined,
      begin: 0,
      busy: false,
      pause: undefined,
    }),
  )
  const wake = (): void => {
    for (const each of seats) each.wake()
  }
  const isOwnedBy = (seat: Seat, { partition }: Progress): boolean => seats[partition % seats.length] === seat

  /** As in Kafka, what has no commit begins anew at each change of members. */
  const reseat = (now: readonly Seat[]): void => {
    seats = now
    for (const each of all) {
      const owner = seats[each.partition % seats.length]
      each.begin = owner?.from === 'end' ? each.log.end() : each.log.start()
      if (owner === undefined) resume(each)
    }
    wake()
  }

  const resume = (each: Progress): void => {
    each.pause?.abort()
    each.pause = undefined
  }
  const pause = async (each: Progress): Promise<void> => {
    const own = new AbortController()
    each.pause = own
    await scheduler.sleep(pause_ms, own.signal)
    if (each.pause !== own) return
    each.pause = undefined
    wake()
  }

  const member = (seat: Seat): Member => {
    let last = -1
    return {
      take(limit) {
        const mine = all.filter((each) => isOwnedBy(seat, each) && !each.busy && each.pause === undefined)
        // The partition after the one served last comes first: a full one cannot starve the others.
        const order = [
          ...mine.filter((each) => each.partition > last),
          ...mine.filter((each) => each.partition <= last),
        ]
        for (const each of order) {
          const batch = [...each.log.read(each.committed ?? each.begin, limit)]
          if (!isNonEmpty(batch)) continue
          each.busy = true
          last = each.partition
          return batch
        }
        return undefined
      },
      settle([first, ...rest], done) {
        const each = all[first.partition]
        if (each === undefined) return
        each.busy = false
        if (done > 0) each.committed = Number(first.offset) + done
        if (done <= rest.length) void pause(each)
        wake()
      },
      change: () =>
        new Promise((resolve) => {
          seat.wake = resolve
        }),
      wake: () => seat.wake(),
      leave: () => reseat(seats.filter((each) => each !== seat)),
    }
  }

  return {
    join(from) {
      const seat: Seat = { from, wake: () => undefined }
      reseat([...seats, seat])
      return member(seat)
    },
    wake,
    behind: (partition) => {
      const each = all[partition]
      return each === undefined || seats.length === 0 ? 0 : each.log.end() - (each.committed ?? each.begin)
    },
    wants: (partition) => all[partition]?.committed ?? 0,
  }
}
