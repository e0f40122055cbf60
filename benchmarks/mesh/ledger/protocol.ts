import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEventStoreDb } from '@novation/platform'
import { runEventStoreDb } from '@novation/testing'
import { type Part, say } from '../report'
import { inTurns } from './turns'
import { single, writingWays } from './writing'

/** Group commit over the EventStoreDB protocol: the server in a process of its own, the real client in this one. */
export const measureProtocol = async (rounds: number): Promise<Part> => {
  say('the ledger over the EventStoreDB protocol')
  const folder = mkdtempSync(join(tmpdir(), 'novation-bench-'))
  const server = await runEventStoreDb({ directory: folder })
  const store = openEventStoreDb(server.connectionString)
  try {
    const rates = await inTurns(writingWays(store), rounds, 'events')
    return {
      title: 'Group commit over the EventStoreDB protocol',
      rows: [...rates].map(([what, figure]) => ({
        what,
        figure,
        unit: 'events/s',
        ...(what === single ? {} : { baseline: single }),
      })),
      notes: ['The server of the test kit writes each append to its journal and does not sync it.'],
    }
  } finally {
    await store.close()
    server.kill()
    await server.ended
    rmSync(folder, { recursive: true, force: true })
  }
}
