import { readFileSync } from 'node:fs'
import { exitCodes } from '../exit-code'
import { testWorld } from '../test-world'

const { take, folder, file } = testWorld()

describe('novation token', () => {
  const path = folder('tokens.json')
  const token = (...words: string[]) => take(['token', ...words, `--tokens=${path}`])

  it('shows a token once, and keeps of it what lets nobody in', async () => {
    const { code, out, err } = await token('venue', '--pools=main', '--days=30')
    expect(code).toBe(exitCodes.ok)
    expect(out).toMatch(/^novation_[0-9a-z]{8}_[A-Za-z0-9_-]{43}\n$/)
    const [, id, secret] = /^novation_(\w{8})_(\S+)/.exec(out) ?? []
    expect(err).toContain(id)
    const kept = readFileSync(path, 'utf8')
    expect(kept).toContain(id)
    expect(kept).not.toContain(secret)
  })

  it('lists who there is, and revokes', async () => {
    const [, id = ''] = /^novation_(\w{8})_/.exec((await token('trader:alice')).out) ?? []
    expect((await token('--list')).out).toMatch(new RegExp(`${id} +trader:alice +all +revocation`))
    expect((await token(`--revoke=${id}`)).code).toBe(exitCodes.ok)
    expect((await token('--list')).out).not.toContain(id)
    expect((await token(`--revoke=${id}`)).code).toBe(exitCodes.usage)
  })

  it.each(['margin', 'trader', 'king', 'venue:a/b'])(
    'makes none for %s, and says for whom there are',
    async (actor) => {
      const before = readFileSync(path, 'utf8')
      const { code, err } = await token(actor)
      expect([code, err]).toEqual([exitCodes.usage, expect.stringContaining('operator, venue, oracle, auditor')])
      expect(readFileSync(path, 'utf8')).toBe(before)
    },
  )

  it('does not write over a file that is none of tokens', async () => {
    const other = file('other.json', '{"accounts":[]}')
    expect((await take(['token', 'venue', `--tokens=${other}`])).code).toBe(exitCodes.failed)
    expect(readFileSync(other, 'utf8')).toBe('{"accounts":[]}')
  })
})
