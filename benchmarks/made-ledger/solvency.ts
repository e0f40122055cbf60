import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { folderShelf, stateAt } from '@novation/audit'
import { statementOf } from '@novation/clearing'
import { streamOf } from '@novation/events'
import { openEmbeddedStore } from '@novation/platform'

/**
 * How long the solvency statement of a random revision takes, with snapshots beside the ledger (`novation snapshot`).
 *
 *   node --require ./packages/testing/register.js benchmarks/made-ledger/solvency.ts --ledger=DIR --tries=20
 */
const { values } = parseArgs({ options: { ledger: { type: 'string' }, tries: { type: 'string', default: '20' } } })

const measure = async (directory: string, tries: number): Promise<void> => {
  const store = openEmbeddedStore(directory)
  const shelf = folderShelf(join(directory, 'snapshots'))
  const last = (await store.last(streamOf('main')))?.revision ?? 0
  const seconds: number[] = []
  for (let i = 1; i <= tries; i += 1) {
    const revision = Math.floor(((i * 0.618033988749895) % 1) * last)
    const begin = process.hrtime.bigint()
    const cpu = process.cpuUsage()
    const { pool, folded } = await stateAt(shelf, 'main', { tag: 'revision', revision }, (from) =>
      store.read(streamOf('main'), from),
    )
    if (pool === undefined) throw new Error(`there is no state at ${revision}`)
    const { stateHash, solvent } = statementOf(pool)
    seconds.push(Number(process.hrtime.bigint() - begin) / 1e9)
    const { user, system } = process.cpuUsage(cpu)
    console.log(
      `revision ${revision}: ${seconds.at(-1)?.toFixed(2)} s (${((user + system) / 1e6).toFixed(2)} s of CPU), ${folded} events folded, ${solvent ? 'solvent' : 'insolvent'}, state ${stateHash.slice(0, 12)}`,
    )
  }
  await store.close()
  seconds.sort((a, b) => a - b)
  console.log(
    `median ${seconds[seconds.length >> 1]?.toFixed(2)} s, worst ${seconds.at(-1)?.toFixed(2)} s of ${last + 1} events`,
  )
}

if (values.ledger === undefined) throw new Error('--ledger=DIR is missing')
void measure(values.ledger, Number(values.tries))
