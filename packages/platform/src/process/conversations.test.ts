import { openSocket } from '../kit'
import { type Conversation, type Conversing, frameOf } from './conversations'
import { serveRoutes } from './serve-routes'

let close: () => Promise<void> = async () => undefined
afterEach(() => close())

const until = (left: AbortSignal): Promise<void> =>
  new Promise((resolve) => left.addEventListener('abort', () => resolve(), { once: true }))

/** A server that converses as `talked` does. */
const served = async (talked: (talk: Conversation) => void, limits: Partial<Conversing['limits']> = {}) => {
  const conversing: Conversing = {
    path: '/talk',
    open: async ({ left, headers, query }) =>
      headers['x-who'] === 'me'
        ? async (talk) => {
            talked(talk)
            await until(left)
          }
        : { status: 401, headers: { 'x-query': query }, body: 'who are you' },
    limits: { frame_bytes: 1_000, frames_per_s: 20, ...limits },
  }
  const server = await serveRoutes(
    { host: '127.0.0.1', port: 0 },
    {
      routes: [],
      conversing,
      otherwise: (why) => ({ status: 404, headers: {}, body: why }),
      limits: { body_bytes: 100, headers_bytes: 2_000, arrival_ms: 60_000, sockets: 10 },
    },
  )
  close = server.close
  return server.url.replace('http', 'ws')
}

const me = { 'x-who': 'me' }

describe('a conversation', () => {
  it('goes both ways, in order, in frames of every length', async () => {
    const url = await served((talk) => talk.hear((text) => talk.write(frameOf('x'.repeat(Number(text))))))
    const socket = openSocket(`${url}/talk`, me)
    await socket.opened
    const sizes = [0, 1, 125, 126, 65_535, 65_536, 200_000]
    for (const size of sizes) socket.say(String(size))
    for (const size of sizes) expect((await socket.next())?.length).toBe(size)
    socket.kill()
  })

  it('may be told several frames as one, in characters of every length', async () => {
    const url = await served((talk) => talk.write(Buffer.concat([frameOf('ü'), frameOf('\u{1f600}')])))
    const socket = openSocket(`${url}/talk`, me)
    expect([await socket.next(), await socket.next()]).toEqual(['ü', '\u{1f600}'])
    socket.kill()
  })

  it('is refused like any request, and is found under its path only', async () => {
    const url = await served(() => undefined)
    expect(await openSocket(`${url}/talk?a=b`).ended).toMatchObject({ status: 401 })
    expect(await openSocket(`${url}/elsewhere`, me).ended).toMatchObject({ status: 404 })
  })

  it('ends where a frame is no text, or too large', async () => {
    const url = await served((talk) => talk.hear(() => undefined))
    const [binary, large] = [openSocket(`${url}/talk`, me), openSocket(`${url}/talk`, me)]
    await Promise.all([binary.opened, large.opened])
    binary.say(Buffer.from('x'))
    large.say('x'.repeat(1_001))
    expect([(await binary.ended).code, (await large.ended).code]).toEqual([1003, 1009])
  })

  it('hears a text that comes in several frames as one, and no more of it than of one frame', async () => {
    const heard: string[] = []
    const url = await served((talk) =>
      talk.hear((text) => {
        heard.push(text)
        talk.write(frameOf('heard'))
      }),
    )
    const [whole, large] = [openSocket(`${url}/talk`, me), openSocket(`${url}/talk`, me)]
    await Promise.all([whole.opened, large.opened])
    for (const [piece, fin] of [
      ['one ', false],
      ['two ', false],
      ['three', true],
    ] as const)
      whole.raw().send(piece, { fin })
    expect(await whole.next()).toBe('heard')
    expect(heard).toEqual(['one two three'])
    for (let i = 0; i < 4; i += 1) large.raw().send('x'.repeat(300), { fin: false })
    expect((await large.ended).code).toBe(1009)
    whole.kill()
  })

  it('ends where frames are not as a client sends them: unmasked, or the rest of what was never begun', async () => {
    const url = await served((talk) => talk.hear(() => undefined))
    const [bare, rest] = [openSocket(`${url}/talk`, me), openSocket(`${url}/talk`, me)]
    await Promise.all([bare.opened, rest.opened])
    bare.raw().send('x', { mask: false })
    const continuation = Buffer.from([0x80, 0x81, 0, 0, 0, 0, 0x78])
    ;(rest.raw() as unknown as { readonly _socket: { readonly write: (bytes: Buffer) => void } })._socket.write(
      continuation,
    )
    expect([(await bare.ended).code, (await rest.ended).code]).toEqual([1002, 1002])
  })

  it('listens to so many frames a second, and loses none', async () => {
    const heard: string[] = []
    const url = await served((talk) => talk.hear((text) => void heard.push(text)), { frames_per_s: 5 })
    const socket = openSocket(`${url}/talk`, me)
    await socket.opened
    for (let i = 0; i < 8; i += 1) {
      socket.say(String(i))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(heard).toHaveLength(5)
    while (heard.length < 8) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(heard).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
    socket.kill()
  })

  it('ends where pings come in a flood', async () => {
    const url = await served(() => undefined, { frames_per_s: 5 })
    const socket = openSocket(`${url}/talk`, me)
    await socket.opened
    for (let i = 0; i < 1_000; i += 1) socket.raw().ping()
    // The other side may be gone before it could be told.
    expect([1006, 1008]).toContain((await socket.ended).code)
  })

  it('is closed by either side, and with the server', async () => {
    const url = await served((talk) => talk.hear((text) => (text === 'bye' ? talk.close(4000, 'bye') : undefined)))
    const [one, two] = [openSocket(`${url}/talk`, me), openSocket(`${url}/talk`, me)]
    await Promise.all([one.opened, two.opened])
    one.say('bye')
    expect((await one.ended).code).toBe(4000)
    await close()
    expect((await two.ended).code).toBe(1006)
    close = async () => undefined
  })
})
