import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { startNovation } from './test-process'
import { historyIn, ndjson, smallPool, testWorld } from './test-world'

const page = readFileSync(join(__dirname, '../../../docs/python.md'), 'utf8')
const { take, folder, file } = testWorld()
const ledger = folder('python')
jest.setTimeout(120_000)

const hasPython = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status === 0
const describePython = hasPython ? describe : describe.skip

/** Passes on what is said, and hangs up after so many bytes of it: less and less often. */
const dyingLine = (port: number): Server => {
  let life_bytes = 400
  return createServer((near) => {
    const far = connect(port, '127.0.0.1')
    let left = life_bytes
    life_bytes = Math.round(life_bytes * 1.3)
    near.on('data', (bytes) => far.write(bytes))
    far.on('data', (bytes: Buffer) => {
      near.write(bytes.subarray(0, Math.max(0, left)))
      left -= bytes.length
      if (left <= 0) near.destroy()
    })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
}

describePython('docs/python.md', () => {
  let started: ReturnType<typeof startNovation>
  let url = ''
  const line = (): Server => dyingLine(Number(new URL(url).port))

  beforeAll(async () => {
    for (const [, name = '', code = ''] of page.matchAll(/^```py (\S+)\n([\s\S]*?)^```/gm)) file(name, code)
    await take(['run', file('small.ndjson', ndjson(...smallPool)), `--ledger=${ledger}`])
    const anywhere = ['--listen=127.0.0.1:0', '--http=127.0.0.1:0']
    started = startNovation(['start', `--ledger=${ledger}`, `--data=${folder('data')}`, ...anywhere])
    await started.printed(1)
    url = started.said().trim()
  })
  afterAll(async () => {
    started.child.kill('SIGTERM')
    await started.ended
  })

  it('asks and sends', () => {
    const { stdout, stderr } = spawnSync('python3', [folder('house.py'), url], { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(stdout).toBe('all accounts together are worth 600\n200 accepted\nbob has 212.5\n')
  })

  it('follows, each event once and in order, however often the connection dies', async () => {
    const dying = line()
    await new Promise<void>((resolve) => dying.listen(0, '127.0.0.1', resolve))
    const { port } = dying.address() as AddressInfo
    let heard = ''
    const following: ChildProcess = spawn('python3', [folder('desk.py'), `http://127.0.0.1:${port}`])
    const events = (await historyIn(ledger)).length
    let said = ''
    following.stderr?.on('data', (bytes: Buffer) => {
      said += bytes.toString()
    })
    await new Promise<void>((resolve) => {
      following.once('close', resolve)
      following.stdout?.on('data', (bytes: Buffer) => {
        heard += bytes.toString()
        if (heard.split('\n').length > events) resolve()
      })
    })
    expect(said).toBe('')
    following.kill('SIGKILL')
    dying.close()
    const revisions = heard
      .trim()
      .split('\n')
      .map((text) => Number(text.split(' ', 1)[0]))
    expect(revisions).toEqual(Array.from({ length: events }, (_, revision) => revision))
  })
})
