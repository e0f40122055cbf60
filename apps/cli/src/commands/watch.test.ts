import { connect, type Message } from '@novation/client'
import { exitCodes } from '../exit-code'
import { runNovation, startNovation } from '../test-process'
import { historyIn, ndjson, smallPool, testWorld } from '../test-world'

const { take, folder, file } = testWorld()
jest.setTimeout(120_000)

const anyPort = '--listen=127.0.0.1:0'

describe('novation watch', () => {
  it('answers about a ledger as the command line does, tells what another program adds to it, and takes nothing', async () => {
    const ledger = folder('watched')
    await take(['run', file('small.ndjson', ndjson(...smallPool)), `--ledger=${ledger}`])
    const watching = startNovation(['watch', `--ledger=${ledger}`, anyPort])
    await watching.printed(1)
    const pool = connect({ url: watching.said().trim() }).pool('main')
    const { out } = await take(['solvency', `--ledger=${ledger}`, '--output=json'])
    expect((await pool.ask('statement', {})).data).toEqual(JSON.parse(out))

    const heard: Message[] = []
    const following = (async () => {
      for await (const message of pool.follow('events', { from: 'start' })) {
        heard.push(message)
        if (message.kind === 'event' && 'metadata' in message.data && message.data.metadata.commandId === 'more') return
      }
    })()
    const more = ndjson(['Deposit', { account: 'bob', asset: 'USD', amount: '7' }, { id: 'more' }])
    expect((await runNovation(['run', file('more.ndjson', more), `--ledger=${ledger}`])).code).toBe(exitCodes.ok)
    await following
    const told = heard.flatMap((message) => (message.kind === 'event' ? [message.data.id] : []))
    expect(told).toEqual((await historyIn(ledger)).map((stored) => stored.split(' ', 1)[0]))

    const deposit = { type: 'Deposit', actor: 'venue', data: { account: 'bob', asset: 'USD', amount: '1' } } as const
    expect(await pool.send(deposit)).toMatchObject({ outcome: 'refused', why: { code: 'not-permitted' } })
    watching.child.kill('SIGTERM')
    expect((await watching.ended).code).toBe(exitCodes.ok)
  })

  it('says so where its port is taken, and where there is no ledger', async () => {
    const ledger = folder('taken')
    await take(['run', file('small.ndjson', ndjson(...smallPool)), `--ledger=${ledger}`])
    const first = startNovation(['watch', `--ledger=${ledger}`, anyPort])
    await first.printed(1)
    const { port } = new URL(first.said().trim())
    const second = await runNovation(['watch', `--ledger=${ledger}`, `--listen=127.0.0.1:${port}`])
    expect(second).toMatchObject({ code: exitCodes.unavailable, err: expect.stringContaining('id: gateway-ended') })
    first.child.kill('SIGTERM')
    await first.ended
    expect(await runNovation(['watch', `--ledger=${folder('none')}`, anyPort])).toMatchObject({
      code: exitCodes.failed,
      err: expect.stringContaining('id: no-ledger'),
    })
    expect(await runNovation(['watch', `--ledger=${ledger}`, '--listen=0.0.0.0:8420'])).toMatchObject({
      code: exitCodes.usage,
      err: expect.stringContaining('id: gateway-open'),
    })
  })
})

describe('novation demo --watch', () => {
  it('makes the same events, byte for byte, and tells them as they happen, until it is ended', async () => {
    const words = ['demo', '--accounts=20', '--seed=3', '--sources=0']
    const playing = startNovation([...words, '--watch', '--speed=20000', `--ledger=${folder('played')}`, anyPort])
    const [, url = ''] = await playing.noted(/watch it at (\S+)\/pools\/main\n/)
    const pool = connect({ url }).pool('main')
    const told: string[] = []
    const over = new AbortController()
    const following = (async () => {
      for await (const message of pool.follow('events', { from: 'start', signal: over.signal }))
        if (message.kind === 'event') told.push(message.data.id)
    })()
    await playing.noted(/goes on answering/)
    const { data, revision } = await pool.summary()
    expect(data.revision).toBe(revision)
    await take([...words, `--ledger=${folder('plain')}`])
    const plain = await historyIn(folder('plain'))
    while (told.length < plain.length) await pool.summary()
    over.abort()
    await following
    playing.child.kill('SIGTERM')
    const { code, out } = await playing.ended
    expect([code, out]).toEqual([exitCodes.ok, expect.stringContaining('Imbalance:   0. Solvent.')])
    expect(await historyIn(folder('played'))).toEqual(plain)
    expect(told).toEqual(plain.map((stored) => stored.split(' ', 1)[0]))
  })
})
