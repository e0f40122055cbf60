import type { Position as LogPosition } from '@eventstore/db-client'
import type { Position } from '../event-store'

/** A place in `$all`, as text: its commit and its prepare position. */
export const formatPosition = ({ commit, prepare }: LogPosition): Position => `${commit}/${prepare}`

export const parsePosition = (position: Position): LogPosition => {
  const [, commit, prepare] = /^(\d{1,20})\/(\d{1,20})$/.exec(position) ?? []
  if (commit === undefined || prepare === undefined) {
    throw new Error(`${JSON.stringify(position)} is not a position of this store`)
  }
  return { commit: BigInt(commit), prepare: BigInt(prepare) }
}
