import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes } from './exit-code'
import { runNovation, startNovation } from './test-process'
import { anyPrice, historyIn, ndjson, smallPool, testWorld } from './test-world'

const { folder, file } = testWorld()
jest.setTimeout(120_000)

const small = ndjson(...smallPool)

describe('novation as a process', () => {
  it('puts data on standard output and everything else on standard error', async () => {
    const { code, out, err } = await runNovation([
      'run',
      file('small.ndjson', `${small}not json\n`),
      `--ledger=${folder('small')}`,
      '--events',
      '--output=json',
    ])
    expect(code).toBe(exitCodes.failed)
    for (const line of out.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ pool: 'main' })
    expect(err.split('\n')).toEqual([
      expect.stringMatching(/^line 12: malformed: /),
      expect.stringMatching(/^run: 12 lines: 11 accepted/),
      '',
    ])
  })

  it.each([
    [exitCodes.ok, ['--version']],
    [exitCodes.usage, ['run', '--ledgre=x']],
    [exitCodes.failed, ['solvency', '--ledger=/nowhere/at/all']],
  ])('exits %i for %j', async (expected, words) => {
    expect((await runNovation(words)).code).toBe(expected)
  })

  it('exits 4 where the house is insolvent', async () => {
    const ledger = folder('insolvent')
    const fall = ndjson(...smallPool, anyPrice, ['PublishPrice', { instrument: 'BTC-PERP', price: '700' }])
    expect((await runNovation(['run', file('fall.ndjson', fall), `--ledger=${ledger}`])).code).toBe(exitCodes.ok)
    expect((await runNovation(['solvency', `--ledger=${ledger}`])).code).toBe(exitCodes.finding)
  })

  it('prints what is durable while more is still to come', async () => {
    const ledger = folder('open')
    const { child, send, printed, ended } = startNovation(['run', '-', `--ledger=${ledger}`, '--events'])
    send(small)
    await printed(13)
    send(
      ndjson(...smallPool, ['Deposit', { account: 'bob', asset: 'USD', amount: '1' }])
        .split('\n')
        .at(-2) ?? '',
    )
    send('\n')
    await printed(14)
    child.stdin?.end()
    expect((await ended).code).toBe(exitCodes.ok)
    expect(await historyIn(ledger)).toHaveLength(14)
  })

  it('is the one writer of its ledger: a second process is told so and exits 5', async () => {
    const ledger = folder('busy')
    const first = startNovation(['run', '-', `--ledger=${ledger}`, '--events'])
    first.send(small)
    await first.printed(13)
    const second = await runNovation(['run', file('small.ndjson', small), `--ledger=${ledger}`])
    expect(second).toMatchObject({ code: exitCodes.unavailable, out: '' })
    expect(second.err).toMatch(/another process is writing the ledger in [\s\S]*what to do: [\s\S]*id: ledger-busy/)
    first.child.kill('SIGKILL')
    await first.ended
    expect((await runNovation(['run', file('small.ndjson', small), `--ledger=${ledger}`])).code).toBe(exitCodes.ok)
  })

  it('stops at Ctrl-C while it waits for lines, keeps what it has, and exits 130', async () => {
    const ledger = folder('interrupted')
    const { child, send, printed, ended } = startNovation(['run', `--ledger=${ledger}`, '--events'])
    send(small)
    await printed(13)
    child.kill('SIGINT')
    const { code, err } = await ended
    expect(code).toBe(exitCodes.interrupted)
    expect(err).toContain('interrupted after line 11; all of it is kept. Run the same command again to go on.')
    expect(await historyIn(ledger)).toHaveLength(13)
  })

  it('takes it calmly when whoever reads its output goes away', async () => {
    const { child, ended } = startNovation([
      'run',
      file('small.ndjson', small),
      `--ledger=${folder('gone')}`,
      '--events',
    ])
    child.stdout?.destroy()
    expect(await ended).toMatchObject({ code: exitCodes.ok, err: expect.stringMatching(/^run: 11 lines/) })
  })

  it('is started by bin/novation.js, which says so where nothing is built', () => {
    const bin = join(__dirname, '../bin/novation.js')
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, '--version'], { encoding: 'utf8' })
    const isBuilt = existsSync(join(__dirname, '../dist/main.js'))
    expect({ status, told: isBuilt ? stdout : stderr }).toEqual({
      status: isBuilt ? 0 : 1,
      told: expect.stringMatching(isBuilt ? /^novation \d+\.\d+\.\d+\n$/ : /npm run build/),
    })
  })
})
