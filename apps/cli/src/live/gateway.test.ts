import { getPriority } from 'node:os'
import { exitCodes } from '../exit-code'
import { runNovation, startNovation } from '../test-process'
import { historyIn, ndjson, smallPool, testWorld } from '../test-world'

const { folder, file } = testWorld()
jest.setTimeout(240_000)

const begin = async (ledger: string, more: readonly string[] = []) => {
  const running = startNovation([
    'start',
    `--ledger=${ledger}`,
    `--data=${ledger}/data`,
    '--listen=127.0.0.1:0',
    '--http=127.0.0.1:0',
    ...more,
  ])
  await running.printed(1)
  return running
}

/** Where it says it answers. */
const urlOf = (running: Awaited<ReturnType<typeof begin>>): string =>
  `${running.said().trim().split('\n')[0]}/v1/pools/main`

const deposit = (id: string): string =>
  JSON.stringify({ id, type: 'Deposit', actor: 'venue', data: { account: 'alice', asset: 'USD', amount: '1' } })

const send = async (url: string, id: string, prefer: string) => {
  const headers = { 'content-type': 'application/json', prefer }
  return (await fetch(`${url}/commands`, { method: 'POST', headers, body: deposit(id) })).json() as Promise<{
    readonly outcome: string
    readonly revision: number
  }>
}

describe('novation start', () => {
  it('stands back behind others of its machine as far as it is told', async () => {
    const running = await begin(folder('nice'), ['--nice=7'])
    expect(getPriority(running.child.pid)).toBe(7)
    running.child.kill('SIGKILL')
    await running.ended
  })

  it('finds the outcome of what was sent before a kill -9, or none, and then once', async () => {
    const ledger = folder('killed')
    expect((await runNovation(['run', file('small.ndjson', ndjson(...smallPool)), `--ledger=${ledger}`])).code).toBe(0)
    for (const round of [0, 1, 2]) {
      const first = await begin(ledger)
      const url = urlOf(first)
      const sent = round === 0 ? undefined : await send(url, `d-${round}`, round === 1 ? 'wait=0' : 'wait=10')
      first.child.kill('SIGKILL')
      await first.ended
      const second = await begin(ledger)
      const found = await send(urlOf(second), `d-${round}`, 'wait=10')
      expect(found).toMatchObject({ outcome: 'accepted' })
      if (sent?.outcome === 'accepted') expect(found).toEqual(sent)
      second.child.kill('SIGTERM')
      expect((await second.ended).code).toBe(exitCodes.ok)
    }
    const events = await historyIn(ledger)
    for (const round of [0, 1, 2])
      expect(events.filter((body) => body.includes(`"commandId":"d-${round}"`))).toHaveLength(1)
  })

  it('says that another is there where its port is taken, and ends', async () => {
    const first = await begin(folder('one'))
    const { port } = new URL(urlOf(first))
    const second = startNovation([
      'start',
      `--ledger=${folder('two')}`,
      `--data=${folder('two')}/data`,
      `--listen=127.0.0.1:${port}`,
      '--http=127.0.0.1:0',
    ])
    const { code, err } = await second.ended
    expect(code).toBe(exitCodes.unavailable)
    expect(err).toContain('EADDRINUSE')
    first.child.kill('SIGTERM')
    await first.ended
  })

  it.each(['0.0.0.0:8420', '192.168.0.1:8420', 'example.com:8420'])(
    'does not listen on %s, where anybody could send',
    async (listen) => {
      const { code, err } = await runNovation(['start', `--ledger=${folder('open')}`, `--listen=${listen}`])
      expect([code, err]).toEqual([exitCodes.usage, expect.stringContaining('the gateway must know who asks')])
    },
  )
})
