import { constants, setPriority } from 'node:os'
import { placesOfHeads } from '@novation/gateway'
import { answerBeside, answerThread, bookFold, writeBeside } from '@novation/platform'
import type { GatewayGiven } from './given'
import { openThreadStore } from './thread-store'

/** Whose places are written down, where they are kept, and where the ledger is. */
export type PlacesOf = GatewayGiven['ledger'] & {
  readonly of: 'gateway' | 'reactors'
  readonly directory: string
  readonly name: string
}

answerThread(({ of, directory, name, ...where }: PlacesOf) => {
  // On Linux, of this thread alone: whoever follows the ledger goes first.
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  const given = { directory, name, store: openThreadStore(where) }
  return answerBeside(
    of === 'gateway' ? writeBeside({ ...given, fold: placesOfHeads() }) : writeBeside({ ...given, fold: bookFold }),
  )
})
