import type { KeyObject } from 'node:crypto'
import { stateHash } from '@novation/clearing'
import { type Either, left, right } from 'fp-ts/Either'
import type { Witness } from '../verify/verification'
import { type Checkpoint, readCheckpoint } from './checkpoint'

const short = (hash: string): string => `${hash.slice(0, 12)}…`

/** A checkpoint held against the ledger: the hash at its revision, and the state where it is known. */
export const checkpointWitness = ({ statement }: Pick<Checkpoint, 'statement'>): Witness => ({
  check: 'checkpoint',
  revision: statement.revision,
  objection: (event, pool) => {
    if (event.hash !== statement.hash)
      return `signed with hash ${short(statement.hash)}, but the ledger has ${short(event.hash)}: an event up to here was altered and the chain hashed anew`
    const hash = pool === undefined ? statement.stateHash : stateHash(pool)
    return hash === statement.stateHash
      ? undefined
      : `signed with state ${short(statement.stateHash)}, but a replay gives ${short(hash)}`
  },
})

/**
 * Every checkpoint of a file, verified with the public key alone. One line that is not a valid checkpoint of this pool
 * refuses the file: whoever may remove the line may also spoil it.
 */
export const readCheckpoints = (
  text: string,
  pool: string,
  publicKey: KeyObject,
): Either<string, readonly Checkpoint[]> => {
  const found: Checkpoint[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const read = readCheckpoint(line, publicKey)
    if (read._tag === 'Left') return left(`line ${index + 1}: ${read.left}`)
    if (read.right.statement.pool !== pool)
      return left(`line ${index + 1}: a checkpoint of pool ${read.right.statement.pool}, not of ${pool}`)
    found.push(read.right)
  }
  return found.length === 0 ? left('there is no checkpoint in it') : right(found)
}
