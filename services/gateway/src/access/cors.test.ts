import { deposit, openGuarded } from '../kit/guarded'

const desk = 'https://desk.example'
const evil = 'https://evil.example'

const { so, tokens, open, close, bearer } = openGuarded()
beforeAll(() => open(false, [desk]))
afterAll(close)

const shared = 'access-control-allow-origin'

describe('a page of a site that is named with --cors', () => {
  const post = (id: string, headers: Record<string, string>) =>
    fetch(`${so.base}/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'wait=10', ...headers },
      body: JSON.stringify(deposit(id)),
    })

  it('may read what its token sees, also why it does not, and no page of another site may', async () => {
    const asked = { ...bearer(tokens.auditor), origin: desk }
    const answer = await fetch(`${so.base}/statement`, { headers: asked })
    expect([answer.status, answer.headers.get(shared)]).toEqual([200, desk])
    expect(answer.headers.get('access-control-expose-headers')).toContain('X-Revision')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    expect(answer.headers.get('vary')).toContain('Origin')
    const none = await fetch(`${so.base}/nothing`, { headers: asked })
    expect([none.status, none.headers.get(shared)]).toEqual([404, desk])
    const other = await fetch(`${so.base}/statement`, { headers: { ...asked, origin: evil } })
    expect([other.headers.get(shared), other.headers.get('vary')]).toEqual([null, expect.stringContaining('Origin')])
  })

  it('may follow a feed', async () => {
    const over = new AbortController()
    const answer = await fetch(`${so.base}/feed?channels=events`, {
      headers: { ...bearer(tokens.auditor), origin: desk },
      signal: over.signal,
    })
    expect([answer.status, answer.headers.get(shared)]).toEqual([200, desk])
    over.abort()
  })

  it('may send with a token, and never by cookie', async () => {
    const own = new URL(so.base).origin
    const signed = await fetch(`${own}/v1/session`, {
      method: 'POST',
      headers: { ...bearer(tokens.venue), origin: own },
    })
    const cookie = signed.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect((await post('s-1', { ...bearer(tokens.venue), origin: desk })).status).toBe(200)
    expect((await post('s-2', { cookie, origin: desk })).status).toBe(403)
    expect((await post('s-3', { ...bearer(tokens.venue), origin: evil })).status).toBe(403)
  })

  it('is told before it asks what it may, and another that it may nothing', async () => {
    const ask = (origin: string) =>
      fetch(`${so.base}/commands`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      })
    const may = await ask(desk)
    expect([may.status, may.headers.get(shared)]).toEqual([204, desk])
    expect(may.headers.get('access-control-allow-methods')).toContain('POST')
    expect(may.headers.get('access-control-allow-headers')).toContain('Authorization')
    const other = await ask(evil)
    expect([other.status, other.headers.get(shared)]).toEqual([403, null])
  })
})

describe('where no site is named', () => {
  const alone = openGuarded()
  beforeAll(() => alone.open())
  afterAll(alone.close)

  it('no page of another may read anything, or is told that it may', async () => {
    const answer = await fetch(`${alone.so.base}/statement`, {
      headers: { ...alone.bearer(alone.tokens.auditor), origin: desk },
    })
    expect([answer.status, answer.headers.get(shared)]).toEqual([200, null])
    expect((await fetch(`${alone.so.base}/commands`, { method: 'OPTIONS', headers: { origin: desk } })).status).toBe(
      403,
    )
  })
})
