import { join } from 'node:path'
import { emptyPool } from '@novation/clearing'
import { folderShelf, openEmbeddedStore, startProver, systemScheduler } from '@novation/platform'
import { open } from './kit/world'
import { keepProving } from './proving'
import { openTail } from './tail'
import { openLedger } from './writer'

/**
 * A ledger in a folder, with a prover that puts a snapshot aside every few events, to be killed at any moment. Sends
 * commands of its own, several at once and some of them twice, and prints each that was acknowledged; where it ends, why.
 */
const live = async (folder: string, round: string): Promise<void> => {
  const store = openEmbeddedStore(folder)
  const directory = join(folder, 'snapshots')
  const signal = new AbortController().signal
  const tail = openTail(store, 'main', systemScheduler, signal)
  const writer = await openLedger(
    'main',
    store,
    systemScheduler,
    signal,
    {
      committed: (_, __, stored) => tail.handed(stored),
      opened: ({ revision }, folded) => console.log(`opened ${revision} ${folded}`),
    },
    emptyPool,
    folderShelf(directory),
  )
  const proving = keepProving(
    'main',
    startProver({ directory, pool: 'main', every: 15 }),
    tail,
    writer.durable,
    {
      proved: (_, { made, proven }) => {
        for (const { revision } of made) console.log(`made ${revision}`)
        for (const { revision } of proven) console.log(`proven ${revision}`)
      },
    },
    signal,
  )
  const send = async (): Promise<void> => {
    for (let n = 0; ; n += 1) {
      const accounts = Array.from({ length: 1 + (n % 5) }, (_, i) => `r${round}-${n}-${i}`)
      const again = n % 3 === 0 && n > 0 ? [open(`r${round}-${n - 1}-0`)] : []
      const outcomes = await writer.submit([...accounts.map(open), ...again])
      for (const [i, { tag }] of outcomes.entries())
        if (tag !== (i < accounts.length ? 'decided' : 'repeated')) throw new Error(`${i} of ${n} was ${tag}`)
      for (const account of accounts) console.log(`done open-${account}`)
      await systemScheduler.sleep(2)
    }
  }
  await Promise.all([send(), proving])
}

const [folder = '', round = ''] = process.argv.slice(2)
void live(folder, round).catch((error: unknown) => {
  console.log(`ended ${String(error)}`)
  process.exitCode = 1
})
