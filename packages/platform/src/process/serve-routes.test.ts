import { connect } from 'node:net'
import type { Asked, Said } from './asked'
import { type Route, serveRoutes, type Unserved } from './serve-routes'

const plain = (body: Said['body'], status = 200): Said => ({ status, headers: { 'x-from': 'the route' }, body })

/** What a route was asked, in its answer; or why none was. */
const served = async (more: readonly Route[] = [], limits = {}) => {
  const told: { readonly why: Unserved; readonly asked: Asked; readonly error?: unknown }[] = []
  const echo: Route['handle'] = ({ method, path, params, query, headers, body }) =>
    plain(JSON.stringify({ method, path, params, query, of: headers['x-of'], body }))
  const { url, close } = await serveRoutes(
    { host: '127.0.0.1', port: 0 },
    {
      routes: [
        { method: 'GET', path: '/a/:one/b/:two', handle: echo },
        { method: 'POST', path: '/a', handle: echo },
        ...more,
      ],
      otherwise: (why, asked, error) => {
        told.push({ why, asked, error })
        return { status: 418, headers: {}, body: why }
      },
      limits: { body_bytes: 100, headers_bytes: 2_000, arrival_ms: 60_000, sockets: 10, ...limits },
    },
  )
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(url + path, init)
    return { status: answer.status, from: answer.headers.get('x-from'), text: await answer.text() }
  }
  return { url, ask, told, close }
}

/** Bytes that no client of today would send, and the answer's first line and body. */
const sent = (url: string, bytes: string): Promise<string> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname, () => socket.write(bytes))
    let answer = ''
    socket.on('data', (some) => {
      answer += some.toString()
      socket.end()
    })
    socket.on('close', () => resolve(answer))
  })

describe('a table of routes that is served', () => {
  let house: Awaited<ReturnType<typeof served>> | undefined
  const begun = async (...how: Parameters<typeof served>) => {
    house = await served(...how)
    return house
  }
  afterEach(() => house?.close())

  it('hands a route what was asked, as it came', async () => {
    const { ask } = await begun()
    const { status, from, text } = await ask('/a/x%2Fy/b/z?q=1&q=2?3', { headers: { 'x-of': 'me' } })
    expect([status, from, JSON.parse(text)]).toEqual([
      200,
      'the route',
      {
        method: 'GET',
        path: '/a/x%2Fy/b/z',
        params: { one: 'x/y', two: 'z' },
        query: 'q=1&q=2?3',
        of: 'me',
        body: '',
      },
    ])
  })

  it('hands on a body as text, whatever it says it is, none where there was none', async () => {
    const { ask } = await begun()
    for (const type of ['application/json', 'text/odd', 'multipart/form-data; boundary=x'])
      expect(
        JSON.parse((await ask('/a', { method: 'POST', body: '{"a":', headers: { 'content-type': type } })).text),
      ).toMatchObject({
        body: '{"a":',
        query: '',
      })
    expect(JSON.parse((await ask('/a', { method: 'POST' })).text)).toMatchObject({ body: '' })
  })

  it('says why no route was reached', async () => {
    const { url, ask, told } = await begun([
      {
        method: 'GET',
        path: '/fails',
        handle: () => {
          throw new Error('as the test wants it')
        },
      },
    ])
    expect((await ask('/nowhere')).text).toBe('not-found')
    expect((await ask('/a', { method: 'DELETE' })).text).toBe('not-found')
    expect((await ask('/a/%ff/b/z')).text).toBe('bad-url')
    expect((await ask('/a', { method: 'POST', body: 'x'.repeat(101) })).text).toBe('too-large')
    expect((await ask('/a', { method: 'POST', body: 'x', headers: { 'content-encoding': 'gzip' } })).text).toBe(
      'bad-encoding',
    )
    expect((await ask('/fails')).text).toBe('failed')
    expect(told.at(-1)).toMatchObject({
      asked: { path: '/fails', method: 'GET' },
      error: { message: 'as the test wants it' },
    })
    const wrong = await sent(
      url,
      'POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-encoding: identity\r\n\r\nxxxxx',
    )
    expect(wrong).toContain('"body":"xxxxx"')
    expect(new Set(told.map(({ asked }) => asked.id)).size).toBe(told.length)
  })

  it('takes a header that comes twice as one, and no more headers than it says', async () => {
    const { url } = await begun()
    const head = 'GET /a/1/b/2 HTTP/1.1\r\nhost: x\r\n'
    expect(await sent(url, `${head}x-of: a\r\nx-of: b\r\n\r\n`)).toContain('"of":"a, b"')
    expect(await sent(url, `${head}x-of: ${'a'.repeat(3_000)}\r\n\r\n`)).toContain('head-too-large')
  })

  it('hangs up on who sends a request, or its body, a byte now and then, once its time is over, and says why', async () => {
    const { url } = await begun([], { arrival_ms: 100 })
    const dripped = (bytes: string): Promise<string> =>
      new Promise((resolve) => {
        const { hostname, port } = new URL(url)
        const socket = connect(Number(port), hostname, () => socket.write(bytes))
        const drip = setInterval(() => socket.write('x'), 10)
        let answer = ''
        socket.on('data', (some) => {
          answer += some.toString()
        })
        socket
          // What is written to who has hung up fails, as it should.
          .on('error', () => undefined)
          .on('close', () => {
            clearInterval(drip)
            resolve(answer)
          })
      })
    expect(await dripped('GET /a/1/b/2 HTTP/1.1\r\nhost: x\r\nx-slow: ')).toContain('unread')
    expect(await dripped('POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 99\r\n\r\n')).toContain('unread')
  })

  it('lets an answer go on until it ends, in bytes as they are, and says when nobody is there any more', async () => {
    let left: AbortSignal | undefined
    const { url, ask } = await begun([
      {
        method: 'GET',
        path: '/two',
        handle: () =>
          plain(async ({ write }) => {
            write('one ')
            write(Buffer.from('two'))
          }),
      },
      {
        method: 'GET',
        path: '/ever',
        handle: ({ left: gone }) =>
          plain(async ({ write, waiting, drained }) => {
            left = gone
            while (!gone.aborted) {
              write('x'.repeat(100_000))
              if (waiting() > 0) await drained()
              await new Promise((resolve) => setImmediate(resolve))
            }
          }),
      },
    ])
    expect(await ask('/two')).toEqual({ status: 200, from: 'the route', text: 'one two' })
    expect(await sent(url, 'GET /ever HTTP/1.1\r\nhost: x\r\n\r\n')).toMatch(/^HTTP\/1.1 200 /)
    for (let turn = 0; turn < 500 && left?.aborted !== true; turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 10))
    expect(left?.aborted).toBe(true)
  })

  it('sees how much is waiting for who reads nothing, and hangs up without waiting for it', async () => {
    let waits = 0
    let taken = 0
    const { url } = await begun([
      {
        method: 'GET',
        path: '/deaf',
        handle: () =>
          plain(async ({ write, waiting, taken: took, hangUp }) => {
            for (let i = 0; i < 200; i += 1) write('x'.repeat(100_000))
            await new Promise((resolve) => setTimeout(resolve, 50))
            waits = waiting()
            taken = took()
            hangUp()
          }),
      },
    ])
    const { hostname, port } = new URL(url)
    const ended = new Promise((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write('GET /deaf HTTP/1.1\r\nhost: x\r\n\r\n'))
      socket.pause()
      setTimeout(
        () =>
          socket
            .on('close', resolve)
            .on('error', () => undefined)
            .resume(),
        100,
      )
    })
    await ended
    expect(waits).toBeGreaterThan(1_000_000)
    expect(waits + taken).toBeGreaterThanOrEqual(20_000_000)
  })
})
