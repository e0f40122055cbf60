import { channels, opened, openGuarded, type Who } from '../kit/guarded'

const { so, tokens, open, close, bearer } = openGuarded()
beforeAll(() => open())
afterAll(close)

describe('what may be followed', () => {
  const own = { trader: 'accounts/bob', keeper: 'accounts/carol' } as const
  const mayFollow = (who: Who, word: string): boolean => {
    if (word.startsWith('jobs/')) return who === 'operator' || who === 'auditor'
    if (who !== 'trader' && who !== 'keeper') return true
    return !word.startsWith('accounts/') || word === own[who]
  }
  const following = ['operator', 'venue', 'oracle', 'auditor', 'trader', 'keeper'] as const

  it.each(following.flatMap((who) => channels.map(({ word }) => [who, word] as const)))(
    '%s and %s',
    async (who, word) => {
      const { status } = await opened(so.base, word, bearer(tokens[who]))
      expect(status).toBe(mayFollow(who, word) ? 200 : 404)
    },
  )
})
