import { openEmbeddedStore } from '@novation/platform'
import { settling, standing } from './kit/expiring'
import { openLedger } from './writer'

/** A ledger in a folder that settles an expiry, and is killed once so many parts of it are durable. */
const settle = async (folder: string, diesAfter: number): Promise<void> => {
  const store = openEmbeddedStore(folder)
  let parts = 0
  const committed = (_: unknown, events: readonly { readonly type: string }[]): void => {
    parts += events.filter(({ type }) => type === 'ExpirySettled').length
    if (parts >= diesAfter) process.kill(process.pid, 'SIGKILL')
  }
  const ledger = await openLedger('main', store, standing, new AbortController().signal, { committed })
  const answered = await ledger.submit([settling])
  if (answered.length === 0) throw new Error('it was asked to settle, and answered nothing')
}

const [folder = '', diesAfter = ''] = process.argv.slice(2)
void settle(folder, Number(diesAfter))
