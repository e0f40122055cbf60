import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { openEmbeddedStore, type Scheduler, systemScheduler } from '@novation/platform'
import { btcPerp } from '@novation/platform/kit'
import { novation } from './novation'
import type { World } from './world'

interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

interface Given {
  readonly stdin?: string
  readonly env?: World['env']
  readonly interrupted?: AbortSignal
  readonly clock?: Scheduler
  /** Hears what is written on standard output as it is written. */
  readonly hears?: (text: string) => void
}

/** A world of memory for the command line, and a folder that is gone after the tests. */
export const testWorld = () => {
  const folder = mkdtempSync(join(tmpdir(), 'novation-cli-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const take = async (words: readonly string[], given: Given = {}): Promise<Said> => {
    const said = { out: '', err: '' }
    const outlet = (to: 'out' | 'err') => ({
      write: async (text: string) => {
        said[to] += text
        if (to === 'out') given.hears?.(text)
      },
      terminal: false,
      isGone: () => false,
      columns: 120,
    })
    const code = await novation(words, '1.2.3', {
      env: given.env ?? {},
      stdin: () => Readable.from(given.stdin === undefined ? [] : [Buffer.from(given.stdin)]),
      out: outlet('out'),
      err: outlet('err'),
      clock: given.clock ?? systemScheduler,
      interrupted: given.interrupted ?? new AbortController().signal,
      temporaryFolder: folder,
      standBack: () => undefined,
      colour: false,
    })
    return { code, ...said }
  }

  return {
    take,
    folder: (name: string): string => join(folder, name),
    file: (name: string, text: string | Buffer): string => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    },
  }
}

/** Every stored event of a pool, as it is stored: two ledgers are the same where these are. */
export const historyIn = async (ledger: string, pool = 'main'): Promise<readonly string[]> => {
  const store = openEmbeddedStore(ledger)
  const stored: string[] = []
  for await (const { id, hash, body } of store.read(`ledger-${pool}`, 0)) stored.push(`${id} ${hash} ${body}`)
  await store.close()
  return stored
}

/** The text of an NDJSON file. Each line has the next id, and `at` where it is given. */
export const ndjson = (...commands: readonly (readonly [type: string, data: object, more?: object])[]): string =>
  commands
    .map(([type, data, more], i) => `${JSON.stringify({ id: `c-${i + 1}`, type, pool: 'main', ...more, data })}\n`)
    .join('')

/** From now on every price is believed at once. */
export const anyPrice = ['SetPoolParameters', { deviation: '10' }] as const

/** A pool with alice long and bob short one BTC-PERP at 1000, each with 200 of their own, a fund of 50 and a backstop. */
export const smallPool: readonly (readonly [string, object, object?])[] = [
  ['RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }, { at: '2020-03-12T10:00:00Z' }],
  ['ListInstrument', btcPerp],
  ['PublishPrice', { instrument: 'BTC-PERP', price: '1000' }, { actor: 'oracle' }],
  ['FundInsurance', { asset: 'USD', amount: '50' }],
  ...['alice', 'bob', 'backstop'].flatMap((account): readonly (readonly [string, object])[] => [
    ['OpenAccount', { account }],
    ['Deposit', { account, asset: 'USD', amount: '200' }],
  ]),
  ['ClearTrade', { trade: 't-1', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '1000' }],
]
