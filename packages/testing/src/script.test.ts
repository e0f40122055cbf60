import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { runEventStoreDb } from './eventstoredb/process'
import { runScript } from './script'

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

const portOf = (url: string): number => Number(new URL(url).port)

describe('a process of a test', () => {
  it('ends with the one that started it, though that one was killed and could not say goodbye', async () => {
    const parent = runScript(join(__dirname, 'store-of-its-own.script.ts'))
    await parent.printed(1)
    const port = portOf(parent.lines[0] ?? '')
    expect(await listens(port)).toBe(true)
    parent.kill('SIGKILL')
    await parent.ended
    while (await listens(port)) await pause(50)
  })

  it('says that it has ended, where somebody waits for what it prints', async () => {
    const store = await runEventStoreDb()
    store.kill()
    await expect(store.printed(2)).rejects.toThrow('ended with SIGKILL after 1 lines, 2 were due')
    expect(await store.ended).toBe('SIGKILL')
  })
})
