import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitCodes } from '../exit-code'
import { take } from './kit/take'

const folder = mkdtempSync(join(tmpdir(), 'novation-disclosure-'))
const ledger = join(folder, 'ledger')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const world = [
  ['RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }],
  ['SetPoolParameters', { waterfall: { skinInTheGame: '30' } }],
  ['FundInsurance', { asset: 'USD', amount: '500' }],
  ['FundInsurance', { asset: 'USD', amount: '100', tranche: 'skin-in-the-game' }],
]

beforeAll(async () => {
  const lines = world.map(([type, data], second) =>
    JSON.stringify({ id: `c-${second}`, type, pool: 'main', at: `2020-03-12T10:00:0${second}Z`, data }),
  )
  writeFileSync(join(folder, 'world.ndjson'), lines.join('\n'))
  expect((await take(['run', join(folder, 'world.ndjson'), `--ledger=${ledger}`])).code).toBe(exitCodes.ok)
})

const disclosed = (...more: readonly string[]) => take(['disclosure', `--ledger=${ledger}`, ...more])

const figuresIn = (out: string): Record<string, unknown> =>
  Object.fromEntries(
    (JSON.parse(out) as { figures: { name: string; value: unknown }[] }).figures.map(({ name, value }) => [
      name,
      value,
    ]),
  )

describe('novation disclosure', () => {
  it('answers each figure by its name', async () => {
    const { code, out } = await disclosed('--output=json')
    expect(code).toBe(exitCodes.ok)
    expect(figuresIn(out)).toMatchObject({
      ownCapitalBefore: '30',
      ownCapitalAfter: '70',
      insuranceFund: '500',
      backtestObservations: 0,
      backtestCoverage: null,
    })
  })

  it('is of the moment that is asked for', async () => {
    const { out } = await disclosed('--to=@2020-03-12T10:00:02Z', '--output=json')
    expect(figuresIn(out)).toMatchObject({ ownCapitalBefore: '0', insuranceFund: '500' })
  })

  it('says in words what each figure means, and what a ledger cannot answer', async () => {
    const { out } = await disclosed()
    expect(out).toMatch(/4\.1 .* own capital that pays after others: 70\n +the rest of the operator's tranche/)
    expect(out).toMatch(/Not answered by a ledger:\n[\s\S]*4\.2:/)
  })

  it('fails, and says so, where no event lies in the period', async () => {
    const { code, err, out } = await disclosed('--from=@2021-01-01T00:00:00Z')
    expect({ code, out }).toEqual({ code: exitCodes.failed, out: '' })
    expect(err).toContain('no event between these positions')
  })

  it('writes nothing where somebody interrupts it', async () => {
    const { code, out } = await take(['disclosure', `--ledger=${ledger}`], AbortSignal.abort())
    expect({ code, out }).toEqual({ code: exitCodes.interrupted, out: '' })
  })
})
