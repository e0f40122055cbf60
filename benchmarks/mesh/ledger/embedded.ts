import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedStore } from '@novation/platform'
import { type Part, say } from '../report'
import { bareWays, bareWrite } from './bare'
import { inTurns } from './turns'
import { single, writingWays } from './writing'

/** The ledger on the embedded file, one durable command at a time and many at once, against the parts of its work. */
export const measureEmbedded = async (rounds: number): Promise<Part> => {
  say('the embedded ledger')
  const folder = mkdtempSync(join(tmpdir(), 'novation-bench-'))
  const store = openEmbeddedStore(folder)
  try {
    const [bare, writing] = [bareWays(store, folder), writingWays(store)]
    const rates = await inTurns([...bare, ...writing], rounds, 'commands')
    const baselineOf = (what: string) =>
      bare.some(({ name }) => name === what) || what === single ? bareWrite : single
    return {
      title: 'The embedded ledger',
      rows: [...rates].map(([what, figure]) => ({
        what,
        figure,
        unit: 'commands/s',
        ...(what === bareWrite ? {} : { baseline: baselineOf(what) }),
      })),
      notes: [
        'With 64 in flight, what arrives during an append makes the next one; a batch from Kafka is up to 500 commands.',
      ],
    }
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
