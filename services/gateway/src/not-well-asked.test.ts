import { gzipSync } from 'node:zlib'
import { tick } from '@novation/platform/kit'
import { get, market, openHouse } from './kit/house'
import { raw } from './kit/raw'

const house = openHouse()
let base = ''

beforeAll(async () => {
  await house.happen(...market, tick('4300'), tick('4100'))
  base = await house.serve()
})
afterAll(() => house.close())

describe('what is not well asked', () => {
  it.each([
    ['main?at=-1', 400, 'malformed'],
    [`main?at=${'9'.repeat(400)}`, 400, 'malformed'],
    [`main?at=1${'0'.repeat(400)}`, 400, 'malformed'],
    ['main?at=1e3', 400, 'malformed'],
    ['main?at=@2020-02-30T00:00:00Z', 400, 'malformed'],
    ['main?at=@2019-01-01T00:00:00Z', 400, 'bad-position'],
    ['main?at=1&at=2', 400, 'malformed'],
    ['main?acount=alice', 400, 'malformed'],
    ['main/accounts?limit=0', 400, 'malformed'],
    ['main/accounts?limit=1001', 400, 'malformed'],
    ['main/accounts?status=rich', 400, 'malformed'],
    ['main/accounts?cursor=e30', 400, 'bad-position'],
    ['main/events?type=Tick', 400, 'malformed'],
    [`main?at=${'x'.repeat(5000)}`, 413, 'too-large'],
    ['other', 404, 'unknown-pool'],
    ['__proto__', 404, 'unknown-pool'],
    ['main/accounts/nobody', 404, 'not-found'],
    ['main/accounts/a%2fb', 404, 'not-found'],
    ['main/accounts/%00', 404, 'not-found'],
    [`main/accounts/${'x'.repeat(300)}`, 404, 'not-found'],
    [`${'x'.repeat(300)}/accounts`, 404, 'not-found'],
    ['main/accounts/%2e%2e', 404, 'not-found'],
    ['main/accounts/~..', 404, 'not-found'],
    ['main/accounts/~alice', 404, 'not-found'],
    ['main/accounts/%zz', 400, 'malformed'],
    ['main/instruments/ETH', 404, 'not-found'],
    ['main/events/999999', 404, 'not-found'],
    ['main/events/01234567-89ab-5cde-8f01-23456789abcd', 404, 'not-found'],
    ['main/nothing', 404, 'not-found'],
  ])('%s is a problem: %i %s', async (path, status, code) => {
    const { port } = new URL(base)
    // As it stands: a client that tidies paths would ask for something else.
    const answer = await raw(
      Number(port),
      `GET /v1/pools/${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer).toContain('content-type: application/problem+json')
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status, code })
  })

  it('is a cursor of another list, or of a filter that has changed', async () => {
    const { next } = (await get(`${base}/main/accounts?limit=1`)).json()
    for (const path of ['positions?', 'accounts?status=healthy&', 'accounts?at=5&'])
      expect((await get(`${base}/main/${path}cursor=${next}`)).status).toBe(400)
    expect((await get(`${base}/main/accounts?limit=5&cursor=${next}`)).status).toBe(200)
  })

  it('is a cursor that was altered, whichever letter of it', async () => {
    const { next } = (await get(`${base}/main/accounts?limit=1`)).json()
    for (let i = 0; i < next.length; i += 1) {
      const altered = `${next.slice(0, i)}${next[i] === 'A' ? 'Q' : 'A'}${next.slice(i + 1)}`
      const { code } = (await get(`${base}/main/accounts?limit=1&cursor=${altered}`)).json()
      expect([i, code]).toEqual([i, 'bad-position'])
    }
  })

  it.each([
    [
      'a head beyond all bounds',
      `GET /v1/pools HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      413,
      'too-large',
    ],
    ['what is no request', 'HELO gateway\r\n\r\n', 400, 'malformed'],
  ])('is %s: a problem as any other', async (_, bytes, status, code) => {
    const { port } = new URL(base)
    const answer = await raw(Number(port), bytes)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status, code })
  })

  it('is another Host: a page of a foreign site may be asking', async () => {
    const { port } = new URL(base)
    const asked = 'GET /v1/pools HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'
    expect(await raw(Number(port), asked)).toMatch(/^HTTP\/1.1 403 /)
  })

  it('is a body that is encoded, or larger than a mebibyte', async () => {
    const send = (body: string, headers: Readonly<Record<string, string>>) =>
      fetch(`${base}/main`, { method: 'POST', body, headers })
    expect((await send('x', { 'content-encoding': 'gzip' })).status).toBe(415)
    expect((await send('x'.repeat(1_100_000), {})).status).toBe(413)
  })

  it('is a body that would be a thousand times as long once it was unpacked: it is not', async () => {
    const bomb = gzipSync(Buffer.alloc(64 << 20, ' '))
    expect(bomb.length).toBeLessThan(100_000)
    const before = process.memoryUsage().rss
    const answer = await fetch(`${base}/main/commands`, {
      method: 'POST',
      body: bomb,
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    })
    expect([answer.status, await answer.json()]).toEqual([415, expect.objectContaining({ code: 'not-json' })])
    expect(process.memoryUsage().rss - before).toBeLessThan(64 << 20)
  })
})
