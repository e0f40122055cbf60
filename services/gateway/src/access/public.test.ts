import { channels, deposit, opened, openGuarded, paths } from '../kit/guarded'
import { get } from '../kit/house'

const { so, open, close } = openGuarded()
beforeAll(() => open(true))
afterAll(close)

describe('whoever has no token', () => {
  it.each(paths)('sees %s where it is for %s', async (path, seenBy) => {
    const { status, text } = await get(so.base + path)
    expect(status).toBe(seenBy === 'public' ? 200 : 401)
    expect(text).not.toMatch(/alice|bob|carol/)
  })

  it('is told of no event and of no account in a feed', async () => {
    for (const { word, isPublic } of channels)
      expect([word, (await opened(so.base, word, {})).status]).toEqual([word, isPublic ? 200 : 401])
  })

  it('sends nothing, and has no outcome told', async () => {
    const sent = await fetch(`${so.base}/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(deposit('p-1')),
    })
    expect(sent.status).toBe(401)
    expect((await get(`${so.base}/commands/venue/v-1`)).status).toBe(401)
    expect((await fetch(`${so.base}/jobs`, { method: 'POST', body: '{}' })).status).toBe(401)
  })

  it('reads what was signed', async () => {
    const line = {
      statement: { pool: 'main', revision: 3, hash: 'a', stateHash: 'b', at: 'c' },
      key: 'k',
      signature: 's',
    }
    const other = { ...line, statement: { ...line.statement, pool: 'other' } }
    so.signed = `${JSON.stringify(line)}\n${JSON.stringify(other)}\nnonsense\n{"statement":`
    expect((await get(`${so.base}/checkpoints`)).json()).toEqual({ items: [line] })
  })
})
