import { exitCodes } from './exit-code'
import { runNovation } from './test-process'
import { ndjson, smallPool, testWorld } from './test-world'

const { folder, file } = testWorld()
jest.setTimeout(240_000)

describe('novation verify with so many workers', () => {
  it('says the same, however many there are', async () => {
    const ledger = folder('many')
    const ticks = Array.from({ length: 60 }, (_, i) => {
      const at = new Date(Date.parse('2020-03-12T11:00:00Z') + i * 1000).toISOString()
      return ['PublishPrice', { instrument: 'BTC-PERP', price: String(1000 + (i % 7)) }, { at }] as const
    })
    const lines = file('lines.ndjson', ndjson(...smallPool, ...ticks))
    expect((await runNovation(['run', lines, `--ledger=${ledger}`])).code).toBe(exitCodes.ok)
    expect((await runNovation(['snapshot', `--ledger=${ledger}`, '--every=10'])).code).toBe(exitCodes.ok)
    const verified = async (...more: readonly string[]) => {
      const { code, out } = await runNovation(['verify', `--ledger=${ledger}`, ...more])
      return { code, out }
    }
    const alone = await verified('--workers=1')
    expect(alone.code).toBe(exitCodes.ok)
    for (const more of [['--workers=2'], ['--workers=3'], []]) expect(await verified(...more)).toEqual(alone)
    const chain = await verified('--depth=chain', '--workers=1')
    expect(await verified('--depth=chain', '--workers=2')).toEqual(chain)
  })

  it.each(['0', '-1', '1.5', 'many'])('refuses --workers=%s, and says what it expects', async (workers) => {
    const { code, out, err } = await runNovation(['verify', `--ledger=${folder('many')}`, `--workers=${workers}`])
    expect({ code, out }).toEqual({ code: exitCodes.usage, out: '' })
    expect(err).toContain(`--workers: expected a whole number from 1 to 1024, found "${workers}"`)
  })
})
