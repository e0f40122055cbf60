import { runNovation, startNovation } from '../test-process'
import { testWorld } from '../test-world'

const { folder } = testWorld()
jest.setTimeout(1_800_000)

/** So many moments are looked at; `npm run test:gateway` looks at 200. */
const moments = Number(process.env.NOVATION_TRUTH ?? '4')

interface Statement {
  readonly revision: number
  readonly at: string
  readonly assets: readonly object[]
  readonly instruments: readonly { readonly instrument: string; readonly mark?: string; readonly stale: boolean }[]
  readonly accounts: readonly {
    readonly account: string
    readonly status: string
    readonly positions: readonly { readonly instrument: string; readonly queue?: object }[]
  }[]
  readonly indices?: readonly object[]
  readonly markets?: readonly object[]
  readonly losses: { readonly uncovered: string }
  readonly frozen: boolean
}

/** Figures that look like chance and are the same every time. */
const dice = (seed: number) => {
  let state = seed
  return (most: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % most
  }
}

describe('every read of a demo ledger', () => {
  it(`says what the command line says, at ${moments} moments by revision and by time`, async () => {
    const ledger = folder('truth')
    expect((await runNovation(['demo', '--accounts=20', '--seed=7', '--sources=0', `--ledger=${ledger}`])).code).toBe(0)
    const gateway = startNovation(['watch', `--ledger=${ledger}`, '--listen=127.0.0.1:0'])
    await gateway.printed(1)
    const base = new URL('/v1/pools/main', gateway.said().trim().split('\n')[0])
    const read = async (path: string, at: string): Promise<unknown> =>
      (await fetch(`${base}${path}${path.includes('?') ? '&' : '?'}at=${encodeURIComponent(at)}`)).json()

    const toldAt = async (at: string): Promise<{ readonly text: string; readonly told: Statement }> => {
      const { out } = await runNovation(['solvency', `--ledger=${ledger}`, `--at=${at}`, '--output=json'])
      return { text: out, told: JSON.parse(out) }
    }
    const { told: last } = await toldAt('end')
    const roll = dice(7)
    for (let i = 0; i < moments; i += 1) {
      const revision = roll(last.revision + 1)
      const byRevision = await toldAt(String(revision))
      const at = i % 2 === 0 ? String(revision) : `@${byRevision.told.at}`
      const { text, told } = i % 2 === 0 ? byRevision : await toldAt(at)
      const { accounts, ...rest } = told
      expect(`${JSON.stringify(await read('/statement', at))}\n`).toBe(text)
      expect(await read('/solvency', at)).toEqual(rest)
      expect(await read('/accounts?limit=1000', at)).toEqual({ items: accounts })
      expect(await read('/instruments', at)).toEqual({ items: told.instruments })
      expect(await read('/indices', at)).toEqual({ items: told.indices ?? [] })
      expect(await read('/markets', at)).toEqual({ items: told.markets ?? [] })
      const prices = (await read('/prices', at)) as { readonly items: readonly object[] }
      for (const { instrument, mark: price, stale } of told.instruments)
        if (price !== undefined)
          expect(prices.items).toContainEqual(expect.objectContaining({ instrument, price, stale }))
      expect(await read('/assets', at)).toEqual({ items: told.assets })
      expect(await read('', at)).toMatchObject({ revision: told.revision, at: told.at, frozen: told.frozen })
      expect(await read('/waterfall', at)).toMatchObject({ uncovered: told.losses.uncovered, frozen: told.frozen })
      const positions = accounts.flatMap(({ account, positions: held }) => held.map((one) => ({ account, ...one })))
      expect(await read('/positions?limit=1000', at)).toEqual({ items: positions })
      for (const one of [accounts[0], accounts[roll(Math.max(1, accounts.length))]])
        if (one !== undefined) {
          const { account, positions: held } = one
          const without = held.map(({ queue: _, ...position }) => position)
          expect(await read(`/accounts/${account}`, at)).toEqual({ ...one, positions: without })
          const places = held.map(({ instrument, queue }) => ({ instrument, ...queue }))
          expect(await read(`/accounts/${account}/queue`, at)).toEqual({ account, places })
        }
    }
    gateway.child.kill('SIGTERM')
    expect((await gateway.ended).code).toBe(0)
  })
})
