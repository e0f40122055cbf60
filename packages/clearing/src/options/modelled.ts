import { formatTime, type Millis } from '@novation/events'
import { type Decision, reject } from '../decision'
import type { Asset, Pool } from '../state/pool'

/** What is published of an underlying is of one that is known, and has a model: nobody else would use it. */
export const notModelled = (pool: Pool, underlying: string, asset: Asset | undefined): Decision | undefined => {
  if (asset === undefined) return reject('unknown-asset', `no asset ${underlying} in this pool`)
  return pool.risk?.models.has(underlying) === true
    ? undefined
    : reject('no-risk-model', `${underlying} has no risk model: nothing would follow from this`)
}

export const isOver = ({ at }: Pool, expiry: Millis): Decision | undefined =>
  at >= expiry ? reject('not-trading', `the expiry has passed at ${formatTime(expiry)}`) : undefined
