import { randomUUID } from 'node:crypto'
import { type ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb'
import { deleted, invalid } from './call-error'
import type { Log } from './log'
import { indexOf } from './read'
import type { Recorded } from './record'
import { selectionOf } from './selection'
import { firstShown, lastRevision, readable } from './stream'
import { eventMessage, nameOf } from './wire'

type Options = ReadReq.Options

/** What is followed: a list that grows, and the index of the first event that is wanted. */
interface Feed {
  records(): readonly Recorded[]
  /** Who follows what is not there is not told that it has caught up. */
  isThere(): boolean
  readonly from: number
}

const streamFeed = (log: Log, options: NonNullable<ReturnType<Options['getStream']>>): Feed => {
  const name = nameOf(options.getStreamIdentifier())
  const records = () => {
    const stream = log.stream(name)
    if (stream?.isTombstoned) throw deleted(name)
    return readable(stream) ?? []
  }
  const isThere = () => readable(log.stream(name)) !== undefined
  const stream = log.stream(name)
  const [first, end] = [stream === undefined ? 0 : firstShown(stream), lastRevision(stream) + 1]
  if (options.hasStart()) return { records, isThere, from: first }
  if (options.hasEnd()) return { records, isThere, from: end }
  // Who begins past the end is given what comes next, whatever its revision.
  return { records, isThere, from: Math.min(Math.max(first, Number(options.getRevision()) + 1), end) }
}

const allFeed = (log: Log, options: NonNullable<ReturnType<Options['getAll']>>): Feed => {
  const [records, isThere] = [() => log.all, () => true]
  if (options.hasStart()) return { records, isThere, from: 0 }
  if (options.hasEnd()) return { records, isThere, from: log.all.length }
  return { records, isThere, from: Math.min(indexOf(log.all, options) + 1, log.all.length) }
}

const feedOf = (log: Log, options: Options): Feed => {
  const [stream, all] = [options.getStream(), options.getAll()]
  if (options.getReadDirection() !== 0) throw invalid('a subscription goes forwards')
  if (all !== undefined) return allFeed(log, all)
  if (stream === undefined || options.hasFilter()) throw invalid('a stream, or all of them with or without a filter')
  return streamFeed(log, stream)
}

const checkpoint = ({ position }: Recorded): ReadResp =>
  new ReadResp().setCheckpoint(
    new ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  )

/** From after the given place, exclusive, for ever: what stands, `caught up`, and what comes. */
export async function* subscribe(log: Log, options: Options, signal: AbortSignal): AsyncIterable<ReadResp> {
  const { records, isThere, from } = feedOf(log, options)
  const { matches, checkpointEvery } = selectionOf(options.getFilter())
  yield new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID()))
  let considered = 0
  let isLive = false
  for (let next = from; !signal.aborted; ) {
    const record = records()[next]
    if (record === undefined) {
      if (!isLive && isThere()) {
        isLive = true
        yield new ReadResp().setCaughtUp(new ReadResp.CaughtUp())
      }
      if (records()[next] === undefined) await log.grown(signal)
      continue
    }
    next += 1
    considered += 1
    if (matches(record)) yield eventMessage(record)
    if (considered % checkpointEvery === 0) yield checkpoint(record)
  }
}
