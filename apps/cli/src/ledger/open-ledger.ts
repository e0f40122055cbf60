import { type EventStore, hasEmbeddedStore, openEmbeddedStore } from '@novation/platform'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'

export const ledgerUnavailable = (directory: string, error: unknown): Failure =>
  new Failure({
    id: 'ledger-unavailable',
    exit: exitCodes.unavailable,
    what: `the ledger in ${directory} cannot be opened`,
    why: error instanceof Error ? error.message : String(error),
    remedy: 'check the path and who may read and write it',
  })

/** Said at once, since nothing else happens meanwhile: of a large file it takes a while. */
const sayMigrating = (done: number, total: number): void =>
  void process.stderr.write(
    `novation: the ledger is given the layout of this version: ${done.toLocaleString('en')} of ${total.toLocaleString('en')} events\n`,
  )

/** Opens the ledger of a folder, which is made where it is missing. */
export const createLedger = (directory: string): EventStore => {
  try {
    return openEmbeddedStore(directory, { migrating: sayMigrating })
  } catch (error) {
    throw ledgerUnavailable(directory, error)
  }
}

/** Opens a ledger that is there already. */
export const openLedger = (directory: string): EventStore => {
  if (hasEmbeddedStore(directory)) return createLedger(directory)
  throw new Failure({
    id: 'no-ledger',
    exit: exitCodes.failed,
    what: `there is no ledger in ${directory}`,
    remedy: `name the folder of one with --ledger, or make one: novation demo --ledger=${directory}`,
  })
}
