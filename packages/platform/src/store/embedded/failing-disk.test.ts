import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { breakable } from '../contract/breaking'
import { embeddedContract } from '../contract/embedded-contract'
import { openEmbeddedStore, storeOn } from './embedded-store'
import { connectFile, connectMemory } from './layout'

embeddedContract('the embedded store in a file', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'novation-fragile-'))
  const disk = breakable(connectFile(directory, 10))
  const store = storeOn(disk.connection, 'events.db', 5)
  const opened = [store]
  return {
    store,
    disk,
    reopen: async () => {
      await store.close()
      const next = openEmbeddedStore(directory)
      opened.push(next)
      return next
    },
    close: async () => {
      for (const each of opened) await each.close()
      rmSync(directory, { recursive: true })
    },
  }
})

embeddedContract('the embedded store in memory', async () => {
  const own = connectMemory()
  const disk = breakable(own)
  const store = storeOn(disk.connection, 'the store in memory', 5)
  return {
    store,
    disk,
    reopen: async () => storeOn(own, 'the store in memory', 5),
    close: () => store.close(),
  }
})
