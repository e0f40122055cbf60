import { connect, type Socket } from 'node:net'
import { percentile } from '../mesh/measure'
import type { Server } from './parent'

/** Every so many of those who follow is listened to; the others only take what they are told. */
const sample = 50

const sse = (channel: string): string =>
  `GET /v1/pools/main/feed?channels=${channel} HTTP/1.1\r\nHost: localhost\r\n\r\n`
const upgrade =
  'GET /v1/feed HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'

/** A text as a client sends it, masked with zeros. */
const frame = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)])
const subscribe = (channel: string): Buffer => frame(JSON.stringify({ op: 'subscribe', channel: `main/${channel}` }))

interface Follower {
  readonly socket: Socket
  /** What was said and is not understood yet. */
  heard: string
  bytes: number
  /** Of the last event that was told; of those that are listened to. */
  last: number
}

/** Hears of the last event in what was said, and keeps no more than may be the beginning of the next. */
const understand = (follower: Follower): void => {
  for (const [, revision] of follower.heard.matchAll(/"kind":"(?:event|delta)","revision":(\d+),/g))
    follower.last = Number(revision)
  follower.heard = follower.heard.slice(-64)
}

/** Opens a connection that follows, and comes back once it has been told that it is up to date. */
const follow = (port: number, way: 'sse' | 'socket' | 'bare', isSample: boolean, channel: string): Promise<Follower> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const follower: Follower = { socket, heard: '', bytes: 0, last: -1 }
    let isReady = way === 'bare'
    let isUp = false
    socket.on('connect', () => {
      if (isReady) resolve(follower)
      else socket.write(way === 'sse' ? sse(channel) : upgrade)
    })
    socket.on('data', (chunk: Buffer) => {
      follower.bytes += chunk.length
      if (isReady && !isSample) return
      follower.heard += chunk.toString('latin1')
      if (isReady) {
        understand(follower)
        return
      }
      if (way === 'socket' && !isUp && follower.heard.includes('\r\n\r\n')) {
        isUp = true
        socket.write(subscribe(channel))
      }
      isReady = channel === 'events' ? follower.heard.includes('caught-up') : follower.heard.includes('snapshot')
      if (!isReady) return
      follower.heard = ''
      resolve(follower)
    })
    socket.on('error', reject)
  })

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** So many who follow, some at a time, since a server takes only so many at once: all of them all events, or each a channel of his own. */
export const openAll = async (
  server: Server,
  count: number,
  wayOf: (i: number) => 'sse' | 'socket' | 'bare',
  channelOf: (i: number) => string = () => 'events',
) => {
  const { port } = new URL(server.url)
  const all: Follower[] = []
  while (all.length < count) {
    const batch = Array.from({ length: Math.min(200, count - all.length) }, (_, i) => all.length + i)
    all.push(...(await Promise.all(batch.map((i) => follow(Number(port), wayOf(i), i % sample === 0, channelOf(i))))))
  }
  return all
}

export const closeAll = (all: readonly Follower[]): void => {
  for (const { socket } of all) socket.destroy()
}

/** What telling them costs: so many events a second for a while. */
export const tellAll = async (server: Server, all: readonly Follower[], seconds: number, perSecond: number) => {
  const sampled = all.filter((_, i) => i % sample === 0)
  const late: number[] = []
  for (const each of all) each.bytes = 0
  const before = await server.ask('cpu')
  const began = Date.now()
  for (let i = 0; i < seconds * perSecond; i += 1) {
    const { revision = 0, at } = await server.ask('ticks', 1)
    void (async () => {
      const waited = new Set(sampled)
      while (waited.size > 0 && Date.now() - at < 10_000) {
        for (const each of waited) if (each.last >= revision) void waited.delete(each)
        if (waited.size > 0) await pause(10)
      }
      late.push(waited.size > 0 ? Number.POSITIVE_INFINITY : Date.now() - at)
    })()
    await pause(Math.max(0, began + ((i + 1) * 1000) / perSecond - Date.now()))
  }
  await pause(2_000)
  const after = await server.ask('cpu')
  const bytes = all.reduce((sum, each) => sum + each.bytes, 0) / all.length
  return { cpu_ms: after.cpu_ms - before.cpu_ms, bytes, late_ms: percentile(late, 0.99), seconds }
}

/** The same bytes by bare writes, as often as a gateway tells. */
export const writeAll = async (server: Server, seconds: number, bytes: number) => {
  const flushes = seconds * 10
  const before = await server.ask('cpu')
  for (let i = 0; i < flushes; i += 1) {
    await server.ask('write', Math.round(bytes / flushes)).then(() => undefined)
    await pause(100)
  }
  await pause(2_000)
  return (await server.ask('cpu')).cpu_ms - before.cpu_ms
}
