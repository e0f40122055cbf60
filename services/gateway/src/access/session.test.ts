import { openSocket } from '@novation/platform/kit'
import { deposit, openGuarded, type Who } from '../kit/guarded'
import { get } from '../kit/house'
import { cookieOf } from './credentials'

const { so, tokens, open, close, bearer } = openGuarded()
beforeAll(() => open())
afterAll(close)

/** The first word of a conversation, or how it came to none. */
const conversed = async (url: string, headers: Record<string, string>): Promise<unknown> => {
  const talk = openSocket(url, headers)
  const isOpen = await Promise.race([talk.opened.then(() => true), talk.ended.then(() => false)])
  if (!isOpen) return talk.ended
  talk.say('{"op":"subscribe","channel":"main/accounts/bob"}')
  const first = await talk.next()
  talk.kill()
  return JSON.parse(first ?? 'null')
}

describe('a page that signed in', () => {
  const origin = () => new URL(so.base).origin
  const at = (path: string, init: RequestInit = {}) => fetch(`${origin()}${path}`, init)
  const signIn = (headers: Record<string, string>) => at('/v1/session', { method: 'POST', headers })

  const cookieFor = async (who: Who): Promise<string> => {
    const answer = await signIn({ ...bearer(tokens[who]), origin: origin() })
    expect(answer.status).toBe(200)
    const said = answer.headers.get('set-cookie') ?? ''
    expect(said).toMatch(/^novation=\S+; Path=\/; HttpOnly; SameSite=Strict$/)
    return said.split(';')[0] ?? ''
  }

  it('is known by a cookie that no program in it reads', async () => {
    const cookie = await cookieFor('trader')
    expect((await get(`${so.base}/accounts/bob`, { cookie })).status).toBe(200)
    expect((await get(`${so.base}/accounts/alice`, { cookie: `a=b; ${cookie}` })).status).toBe(404)
    expect(await (await at('/v1/session', { headers: { cookie } })).json()).toMatchObject({
      sees: 'own',
      account: 'bob',
      sends: 'trader:bob',
      jobs: false,
    })
    expect((await get(`${so.base}/accounts/bob`, { cookie: `${cookie}x` })).status).toBe(401)
    expect((await get(`${so.base}/statement`, { cookie, ...bearer(tokens.auditor) })).status).toBe(200)
  })

  it('writes only from this very site: another cannot use its cookie, nor can who says no origin', async () => {
    const cookie = await cookieFor('venue')
    const post = (id: string, headers: Record<string, string>) =>
      fetch(`${so.base}/commands`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', prefer: 'wait=10', ...headers },
        body: JSON.stringify(deposit(id)),
      })
    expect((await post('k-1', { origin: 'https://evil.example' })).status).toBe(403)
    expect((await post('k-2', {})).status).toBe(403)
    expect((await post('k-3', { origin: origin() })).status).toBe(200)
    expect((await signIn({ cookie })).status).toBe(403)
  })

  it('converses with it, from this very site', async () => {
    const cookie = await cookieFor('trader')
    const url = `${origin().replace('http', 'ws')}/v1/feed`
    expect(await conversed(url, { cookie, origin: origin() })).toMatchObject({ kind: 'subscribed' })
    expect(await conversed(url, { cookie })).toEqual({ code: 0, status: 403 })
    expect(await conversed(url, { cookie, origin: 'https://evil.example' })).toEqual({ code: 0, status: 403 })
  })

  it('is forgotten when it signs out', async () => {
    const cookie = await cookieFor('venue')
    const out = await at('/v1/session', { method: 'DELETE', headers: { cookie, origin: origin() } })
    expect(out.headers.get('set-cookie')).toMatch(/^novation=; .*Max-Age=0$/)
  })

  it('is kept out of the clear where it is not of this machine', () => {
    expect(cookieOf('t', true)).toContain('; Secure')
    expect(cookieOf('t', false)).not.toContain('Secure')
  })

  it('without a token that is in force is not taken in', async () => {
    expect((await signIn({})).status).toBe(401)
    expect((await signIn(bearer(tokens.over))).status).toBe(401)
  })
})
