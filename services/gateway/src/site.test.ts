import { market, openHouse } from './kit/house'
import type { Site } from './site'

const site: Site = {
  page: { type: 'text/html; charset=utf-8', body: '<!doctype html>the page' },
  files: new Map([
    ['/assets/a-1234.js', { type: 'text/javascript; charset=utf-8', body: 'the script' }],
    ['/assets/f-1234.woff2', { type: 'font/woff2', body: Buffer.from([0, 255, 128, 10]) }],
  ]),
}

const house = openHouse()
let origin = ''

beforeAll(async () => {
  await house.happen(...market)
  origin = new URL(await house.serve({ site, tokens: async () => [] })).origin
})
afterAll(() => house.close())

const get = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
  const answer = await fetch(origin + path, { headers })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

describe('the site of a gateway', () => {
  it('tells a font byte by byte', async () => {
    const answer = await fetch(`${origin}/assets/f-1234.woff2`)
    expect(answer.headers.get('content-type')).toBe('font/woff2')
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0, 255, 128, 10])
  })

  it('is one page at each of its addresses, to whoever reaches it, and holds nothing of a pool', async () => {
    for (const path of ['/', '/pools/main', '/pools/main/accounts/alice?at=5', '/pools/nowhere/%2f'])
      expect(await get(path)).toMatchObject({ status: 200, text: '<!doctype html>the page' })
    expect((await get('/v1/pools')).status).toBe(401)
    expect((await get('/elsewhere')).status).toBe(404)
  })

  it('lets the page load, ask and be framed by nothing but what is its own', async () => {
    const { headers } = await get('/')
    const policy = headers.get('content-security-policy')
    expect(policy).toMatch(/^default-src 'none'; /)
    for (const word of [
      "script-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ])
      expect(policy).toContain(word)
    expect(policy).not.toMatch(/unsafe|\*|data:/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-cache')
  })

  it('has files whose names say their content, which are kept for ever', async () => {
    const { status, text, headers } = await get('/assets/a-1234.js')
    expect([status, text, headers.get('content-type')]).toEqual([200, 'the script', 'text/javascript; charset=utf-8'])
    expect(headers.get('cache-control')).toContain('immutable')
    expect((await get('/assets/b.js')).status).toBe(404)
  })
})
