import { type EventStore, lockForWriting } from '@novation/platform'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { checkedArithmetic } from './arithmetic'
import { createLedger, ledgerUnavailable } from './open-ledger'

const lock = (directory: string): (() => void) => {
  let release: (() => void) | undefined
  try {
    release = lockForWriting(directory)
  } catch (error) {
    throw ledgerUnavailable(directory, error)
  }
  if (release !== undefined) return release
  throw new Failure({
    id: 'ledger-busy',
    exit: exitCodes.unavailable,
    what: `another process is writing the ledger in ${directory}`,
    why: 'a ledger has one writer at a time',
    remedy: 'wait until it has ended, or choose another folder with --ledger',
  })
}

/** Opens a ledger as its one writer for as long as `work` lasts, where the engine may decide one. */
export const whileWriting = async <A>(directory: string, work: (store: EventStore) => Promise<A>): Promise<A> => {
  void checkedArithmetic()
  const release = lock(directory)
  try {
    const store = createLedger(directory)
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  } finally {
    release()
  }
}
