import { type ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb'
import { deleted, invalid, unreadable } from './call-error'
import type { Log } from './log'
import type { Recorded } from './record'
import { type Selection, selectionOf } from './selection'
import { firstShown, readable } from './stream'
import { eventMessage, identifierOf, nameOf } from './wire'

type Options = ReadReq.Options

/**
 * Where the first event at or after a position stands in `$all`: at the end where the log has not come so far. A place
 * in the middle of a record was never given out.
 */
export const indexOf = (all: readonly Recorded[], position: Options['getAll'] extends () => infer A ? A : never) => {
  const commit = Number(position?.getPosition()?.getCommitPosition())
  const prepare = Number(position?.getPosition()?.getPreparePosition())
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle]?.position ?? 0) < commit) low = middle + 1
    else high = middle
  }
  const found = all[low]
  if (commit !== prepare || (found !== undefined && found.position !== commit))
    throw invalid('Trying to read from an invalid position.')
  return low
}

function* walk(records: readonly Recorded[], from: number, step: 1 | -1, lowest: number): Iterable<Recorded> {
  for (let index = from; index >= lowest && index < records.length; index += step) {
    const record = records[index]
    if (record !== undefined) yield record
  }
}

/** Inclusive forwards and backwards; `end` is the last, and forwards nothing that the server knows how to read from. */
const ofStream = (log: Log, options: NonNullable<ReturnType<Options['getStream']>>, step: 1 | -1) => {
  const name = nameOf(options.getStreamIdentifier())
  const stream = log.stream(name)
  if (step === 1 && options.hasEnd()) throw unreadable('ReadStreamResult')
  if (stream?.isTombstoned) throw deleted(name)
  const records = readable(stream)
  if (records === undefined || stream === undefined) return name
  const lowest = firstShown(stream)
  const from = () => {
    if (options.hasStart()) return 0
    if (options.hasEnd()) return records.length - 1
    return Number(options.getRevision())
  }
  const first = step === 1 ? Math.max(from(), lowest) : Math.min(from(), records.length - 1)
  return walk(records, first, step, lowest)
}

/** Inclusive forwards; backwards what is before the position. */
const ofAll = (log: Log, options: NonNullable<ReturnType<Options['getAll']>>, step: 1 | -1) => {
  const from = () => {
    if (options.hasStart()) return 0
    if (options.hasEnd()) return log.all.length
    return indexOf(log.all, options)
  }
  return walk(log.all, step === 1 ? from() : from() - 1, step, 0)
}

function* select(records: Iterable<Recorded>, selection: Selection, count: number): Iterable<ReadResp> {
  let left = count
  for (const record of records) {
    if (left <= 0) return
    if (!selection.matches(record)) continue
    left -= 1
    yield eventMessage(record)
  }
}

/** Everything that one reading answers: events, or that there is no such stream. */
export const readOnce = (log: Log, options: Options): Iterable<ReadResp> => {
  const step = options.getReadDirection() === 0 ? 1 : -1
  const count = Number(options.getCount())
  const [stream, all] = [options.getStream(), options.getAll()]
  if (count <= 0) throw unreadable(all === undefined ? 'ReadStreamResult' : 'ReadAllResult')
  if (all !== undefined) return select(ofAll(log, all, step), selectionOf(options.getFilter()), count)
  if (stream === undefined) throw invalid('a stream or all of them')
  if (options.hasFilter()) throw invalid('only all streams together can be filtered')
  const records = ofStream(log, stream, step)
  if (typeof records !== 'string') return select(records, selectionOf(undefined), count)
  const notFound = new ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(records))
  return [new ReadResp().setStreamNotFound(notFound)]
}
