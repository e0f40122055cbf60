import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventStoreContract } from '../contract/event-store-contract'
import { openEmbeddedStore, openMemoryStore } from './embedded-store'

eventStoreContract('the embedded store in a file', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'novation-store-'))
  const store = openEmbeddedStore(directory)
  const opened = [store]
  return {
    store,
    another: async () => {
      const another = openEmbeddedStore(directory, { poll_ms: 5 })
      opened.push(another)
      return another
    },
    close: async () => {
      for (const each of opened) await each.close()
      rmSync(directory, { recursive: true })
    },
  }
})

eventStoreContract('the embedded store in memory', async () => {
  const store = openMemoryStore()
  return { store, another: async () => store, close: () => store.close() }
})
