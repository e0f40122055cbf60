import { tick } from '@novation/platform/kit'
import { newToken, readTokens, type TokenEntry, writeTokens } from '../access/token-file'
import { channelWords } from '../feeds/channels'
import { messages } from '../http/described'
import { table } from '../http/routes'
import { get, market, openHouse } from './house'

/** A gateway that asks who comes, and those who may come, each by a token. */
export const openGuarded = () => {
  const house = openHouse()
  const entries: TokenEntry[] = []
  const logged: string[] = []
  const so = { base: '', signed: '' }

  const tokenOf = (actor: string, more: Partial<TokenEntry> = {}): string => {
    const { token, entry } = newToken(Buffer.alloc(32, entries.length + 1), { actor, ...more })
    entries.push(entry)
    return token
  }

  const tokens = {
    operator: tokenOf('operator'),
    venue: tokenOf('venue'),
    oracle: tokenOf('oracle:chain'),
    auditor: tokenOf('auditor'),
    trader: tokenOf('trader:bob'),
    keeper: tokenOf('keeper:carol'),
    /** Who has sent nothing yet. */
    fresh: tokenOf('trader:bob'),
    elsewhere: tokenOf('venue', { pools: ['other'] }),
    over: tokenOf('venue', { expires: '2020-01-01T00:00:00Z' }),
  }

  /** What is written is what is read. */
  const readAgain = (): readonly TokenEntry[] => {
    const read = readTokens(writeTokens(entries))
    if (read._tag === 'Left') throw new Error(read.left)
    return read.right
  }

  /** `isPublic`: whoever has no token is let in too. `cors`: sites whose pages may ask. */
  const open = async (isPublic = false, cors: readonly string[] = []): Promise<void> => {
    await house.happen(...market, tick('4300'), ['CallMargin', { account: 'alice' }, 'margin'], tick('4100'))
    await house.happen(['StartLiquidation', { account: 'alice' }, 'liquidator'])
    void house.lead()
    const url = await house.serve({
      tokens: async () => readAgain(),
      origins: ['https://clearing.example'],
      isPublic,
      cors,
      isBehindProxy: true,
      signed: async () => so.signed,
      report: {
        answered: (one) => void logged.push(JSON.stringify(one)),
        closed: (error) => void logged.push(String(error)),
      },
    })
    so.base = `${url}/main`
  }

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const as = (who: keyof typeof tokens, path: string) => get(`${so.base}${path}`, bearer(tokens[who]))
  return { house, entries, logged, so, tokens, open, bearer, as, close: house.close }
}

export type Who = keyof ReturnType<typeof openGuarded>['tokens']

const under = '/v1/pools/:pool'

/** What may stand in the places of a path; alice is a stranger to bob, who asks. */
const words: Readonly<Record<string, readonly string[]>> = {
  account: ['alice', 'bob'],
  instrument: ['BTC-PERP'],
  name: ['BTC-PERP'],
  liquidation: ['alice:1'],
  event: ['3'],
  job: ['none'],
}

const filled = (path: string): readonly string[] => {
  const [, name] = /:(\w+)/.exec(path) ?? []
  return name === undefined ? [path] : (words[name] ?? []).flatMap((word) => filled(path.replace(`:${name}`, word)))
}

/** Every line of the table that answers once, with whom it is for. */
export const paths = table
  .filter(({ method, answers, path }) => method === 'GET' && answers !== messages && path.startsWith(`${under}`))
  .filter(({ path }) => !path.startsWith(`${under}/commands`))
  .flatMap(({ path, seenBy }) => filled(path.replace(under, '')).map((each) => [each, seenBy] as const))

/** A command that a venue may send. */
export const deposit = (id: string, more: object = {}) => ({
  id,
  type: 'Deposit',
  data: { account: 'bob', asset: 'USD', amount: '1' },
  ...more,
})

const totals = ['summary', 'prices', 'waterfall', 'system']

/** Everything that can be followed. */
export const channels = channelWords
  .flatMap((word) => (word === 'accounts/{account}' ? ['accounts/alice', 'accounts/bob', 'accounts/carol'] : [word]))
  .map((word) => word.replace('{job}', 'none'))
  .map((word) => ({ word, isPublic: totals.includes(word) }))

/** Begins to follow, and is gone. */
export const opened = async (at: string, word: string, headers: Record<string, string>) => {
  const stop = new AbortController()
  const answer = await fetch(`${at}/feed?channels=${word}`, { headers, signal: stop.signal })
  stop.abort()
  return answer
}
