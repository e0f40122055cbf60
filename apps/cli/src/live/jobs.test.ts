import { writeFileSync } from 'node:fs'
import { runNovation, startNovation } from '../test-process'
import { testWorld } from '../test-world'

const { folder } = testWorld()
jest.setTimeout(300_000)

const parameters = { pool: { liquidation: { buffer: '0.5' } } }
const ledger = folder('jobs')
const file = folder('stricter.json')

/** What is asked of a gateway, and of the command line. */
const same: readonly (readonly [object, readonly string[]])[] = [
  [{ kind: 'explain', of: 'trader-0001' }, ['explain', 'trader-0001', '--output=json']],
  [{ kind: 'explain', of: '200', at: '300' }, ['explain', '200', '--at=300', '--output=json']],
  [{ kind: 'diff', from: '100', to: '200' }, ['diff', '--from=100', '--to=200', '--output=json']],
  [{ kind: 'what-if', parameters, to: '400' }, ['replay', `--parameters=${file}`, '--to=400', '--output=json']],
  [{ kind: 'verify' }, ['verify', '--output=json']],
  [{ kind: 'verify', depth: 'chain' }, ['verify', '--depth=chain', '--output=json']],
  [{ kind: 'export', output: 'csv', from: '50', to: '90' }, ['export', '--output=csv', '--from=50', '--to=90']],
  [{ kind: 'export', output: 'jsonl' }, ['export']],
  [{ kind: 'export', output: 'commands' }, ['export', '--output=commands']],
  [{ kind: 'disclosure', to: '300' }, ['disclosure', '--to=300', '--output=json']],
]

describe('a job of a demo ledger', () => {
  let base = ''
  let gateway: ReturnType<typeof startNovation> | undefined
  beforeAll(async () => {
    writeFileSync(file, JSON.stringify(parameters))
    expect((await runNovation(['demo', '--accounts=20', '--seed=7', '--sources=0', `--ledger=${ledger}`])).code).toBe(0)
    gateway = startNovation(['watch', `--ledger=${ledger}`, '--listen=127.0.0.1:0'])
    await gateway.printed(1)
    base = String(new URL('/v1/pools/main/jobs', gateway.said().trim().split('\n')[0]))
  })
  afterAll(async () => {
    gateway?.child.kill('SIGTERM')
    expect((await gateway?.ended)?.code).toBe(0)
  })

  it.each(same)('%j says what the command line says', async (job, words) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(job) }
    const { id } = (await (await fetch(base, init)).json()) as { readonly id: string }
    for (;;) {
      const answer = await fetch(`${base}/${id}/result`)
      const text = await answer.text()
      if (answer.status === 504) continue
      const { out } = await runNovation([...words, `--ledger=${ledger}`])
      expect(text).toBe(out)
      return
    }
  })
})
