import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median } from '../mesh/measure'
import { say } from '../mesh/report'
import type { Row } from '../table/row'
import { askAll } from './asking'
import { startServer } from './parent'

const main = '/v1/pools/main'

/** Makes the ledger in a process of its own; how many events it has. */
const makeLedger = (folder: string, events: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const args = [`--ledger=${join(folder, 'ledger')}`, `--events=${events}`]
    const child = fork(join(__dirname, '../made-ledger/make.ts'), args, {
      execArgv: ['--require', join(__dirname, '../../packages/testing/register.js')],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    child.on('close', (code) => {
      if (code === 0) resolve((JSON.parse(text) as { readonly events: number }).events)
      else reject(new Error(`making the ledger ended with code ${code}`))
    })
  })

/** A ledger of so many events, and the pool at any of its revisions, once moments of it stand aside. */
export const pastCost = async (events: number): Promise<readonly Row[]> => {
  say(`making a ledger of ${events.toLocaleString('en')} events`)
  const folder = mkdtempSync(join(tmpdir(), 'novation-gateway-'))
  const made = await makeLedger(folder, events)
  const server = await startServer('past', made, folder)
  try {
    say('putting moments aside')
    await askAll(server, 1, () => `${main}?at=${made - 20_000}`, 1).then(() => undefined)
    say('going anywhere')
    const anywhere = (i: number): number => Math.floor(((i * 0.618_034) % 1) * made)
    const costs: number[] = []
    const took: number[] = []
    for (let i = 1; i <= 16; i += 1) {
      const one = await askAll(server, 1, () => `${main}?at=${anywhere(i)}`, 1)
      costs.push(one.cpu_ms)
      took.push(...one.took)
    }
    const of = `the pool at a random revision of ${made.toLocaleString('en')} events`
    return [
      { id: 'gateway-past-p50', what: `${of}: median`, figure: median(costs) / 1_000, unit: 's of CPU' },
      {
        id: 'gateway-past-most',
        what: 'the same: the most of 16',
        figure: Math.max(...costs) / 1_000,
        unit: 's of CPU',
        goal: { of: 'figure', is: 'at most', value: 2 },
      },
      { id: 'gateway-past-clock', what: 'the same, by the clock: median', figure: median(took) / 1_000, unit: 's' },
    ]
  } finally {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
