import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { systemScheduler } from '../time/scheduler'
import { openFeed } from './feed'

const soon = { ...systemScheduler, sleep: async () => undefined }

/** Somebody who tells whatever is said first, and these, and hangs up. */
const telling = async (...texts: readonly string[]) => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await new Promise((resolve) => server.once('listening', resolve))
  let connections = 0
  server.on('connection', (socket) => {
    connections += 1
    socket.once('message', (hello) => {
      for (const text of [hello.toString(), ...texts]) socket.send(text)
      socket.close()
    })
  })
  const { port } = server.address() as AddressInfo
  const close = () => new Promise((resolve) => server.close(resolve))
  return { url: `ws://127.0.0.1:${port}`, close, connections: () => connections }
}

describe('a feed', () => {
  it('says hello, tells all that it is told, in order, and connects again where it is hung up on', async () => {
    const { url, close, connections } = await telling('a', 'b')
    const [stop, ended, told] = [new AbortController(), [] as string[], [] as string[]]
    const feed = { url, hello: 'subscribe', scheduler: soon, ended: (reason: string) => void ended.push(reason) }
    for await (const text of openFeed(feed, stop.signal)) {
      told.push(text)
      if (told.length === 5) stop.abort()
    }
    expect(told).toEqual(['subscribe', 'a', 'b', 'subscribe', 'a'])
    expect(connections()).toBe(2)
    expect(ended).toHaveLength(1)
    await close()
  })

  it('goes on trying where nobody answers, and ends when it is told to', async () => {
    const { url, close } = await telling()
    await close()
    const stop = new AbortController()
    const ended: string[] = []
    const hear = (reason: string): void => {
      ended.push(reason)
      if (ended.length === 3) stop.abort()
    }
    const feed = { url, hello: undefined, scheduler: soon, ended: hear }
    for await (const text of openFeed(feed, stop.signal)) throw new Error(text)
    expect(ended).toHaveLength(3)
  })
})
