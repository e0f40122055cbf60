import { createHash } from 'node:crypto'
import type { Ask, Reactor, Watch } from './reactor'

/** One of `of` instances that share the work of a service, counted from 0. */
export interface Shard {
  readonly index: number
  readonly of: number
}

/** Which instance looks after a subject: by hash of its id, so it does not change while their number does not. */
export const shardOf = (subject: string, of: number): number =>
  createHash('sha256').update(subject).digest().readUInt32BE(0) % of

/**
 * A reactor that follows everything and asks only for its own part. Command ids do not name the shard, so another number
 * of shards repeats nothing (protocol 16).
 */
export const sharded = <S>(reactor: Reactor<S>, { index, of }: Shard): Reactor<S> =>
  of === 1 ? reactor : narrowed(reactor, ({ subject }) => shardOf(subject, of) === index)

const narrowed = <S>(reactor: Reactor<S>, isOwn: (ask: Ask) => boolean): Reactor<S> => {
  const { due, watch } = reactor
  return {
    ...reactor,
    due: (state) => due(state).filter(isOwn),
    ...(watch === undefined ? {} : { watch: () => narrowedWatch(watch(), isOwn) }),
  }
}

const narrowedWatch =
  <S>(watch: Watch<S>, isOwn: (ask: Ask) => boolean): Watch<S> =>
  (...looked) =>
    watch(...looked).filter(isOwn)
