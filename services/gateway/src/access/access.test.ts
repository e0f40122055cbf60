import { deposit, openGuarded, paths, type Who } from '../kit/guarded'
import { get } from '../kit/house'
import type { SeenBy } from '../reads/read'
import { grantedRole } from './grant'
import { readTokens, writeTokens } from './token-file'

const { so, tokens, entries, logged, open, close, bearer, as } = openGuarded()
beforeAll(() => open())
afterAll(close)

const send = async (who: Who, command: object, query = '') => {
  const response = await fetch(`${so.base}/commands${query}`, {
    method: 'POST',
    body: JSON.stringify(command),
    headers: { ...bearer(tokens[who]), 'content-type': 'application/json', prefer: 'wait=10' },
  })
  return { status: response.status, json: (await response.json()) as Record<string, unknown> }
}

const jobBy = (who: Who, init: RequestInit, path = '') =>
  fetch(`${so.base}/jobs${path}`, { ...init, headers: { ...bearer(tokens[who]), 'content-type': 'application/json' } })

/** What who sees the pool is answered; nobody has begun a job. */
const answerToSeeing = (who: Who, path: string, seenBy: SeenBy): number => {
  if (seenBy === 'audit' && who !== 'operator' && who !== 'auditor') return 403
  return path.startsWith('/jobs/') ? 404 : 200
}

/** What a trader is answered: his own account is the only one there is. */
const answerTo = (path: string, seenBy: SeenBy): number => {
  if (seenBy === 'pool' || seenBy === 'audit') return 403
  return seenBy === 'owner' && path.startsWith('/accounts/alice') ? 404 : 200
}

describe('who may read what', () => {
  const seeing: readonly Who[] = ['operator', 'venue', 'oracle', 'auditor']

  it.each(paths.flatMap(([path, seenBy]) => seeing.map((who) => [who, path, seenBy] as const)))(
    '%s sees %s where it is for %s',
    async (who, path, seenBy) => expect((await as(who, path)).status).toBe(answerToSeeing(who, path, seenBy)),
  )

  it.each(paths)('a trader sees %s where it is for %s', async (path, seenBy) => {
    expect((await as('trader', path)).status).toBe(answerTo(path, seenBy))
  })

  it('a trader is told the same of an account that is there and of one that is not', async () => {
    const [there, not] = [(await as('trader', '/accounts/alice')).json(), (await as('trader', '/accounts/zoe')).json()]
    expect({ ...there, instance: '' }).toEqual({ ...not, instance: '' })
  })

  it('a trader finds nothing of another account in whatever he may read', async () => {
    for (const [path] of paths) {
      const { status, text } = await as('trader', path)
      // A liquidation is named by its account, and that is public; nothing else of it is.
      if (status === 200) expect(text.replaceAll('alice:1', '')).not.toMatch(/alice|carol/)
    }
    expect((await as('keeper', '/liquidations')).json().items[0]).toEqual({
      liquidation: 'alice:1',
      stage: 'auction',
      startedAt: expect.anything(),
      elapsed_ms: expect.anything(),
      ends: expect.anything(),
      terms: expect.anything(),
      items: ['BTC-PERP'],
    })
  })

  it.each(['operator', 'auditor'] as const)('%s has long work done, and stops it', async (who) => {
    const begun = await jobBy(who, { method: 'POST', body: '{"kind":"verify"}' })
    const { id } = (await begun.json()) as { readonly id: string }
    expect([200, 202]).toContain(begun.status)
    expect((await jobBy(who, { method: 'DELETE' }, `/${id}`)).status).toBe(200)
  })

  it.each(['venue', 'oracle', 'trader', 'keeper'] as const)('%s has no long work done', async (who) => {
    expect((await jobBy(who, { method: 'POST', body: '{"kind":"verify"}' })).status).toBe(403)
    expect((await jobBy(who, { method: 'DELETE' }, '/none')).status).toBe(403)
    expect((await as(who, '/feed?channels=jobs/none')).status).toBe(404)
  })

  it('answers of different sight are not taken for each other', async () => {
    const tag = (await as('venue', '/liquidations')).headers.get('etag') ?? ''
    const other = await get(`${so.base}/liquidations`, { ...bearer(tokens.trader), 'if-none-match': tag })
    expect(other.status).toBe(200)
  })

  it('a pool that is not of the token is as if it were not there', async () => {
    expect((await as('elsewhere', '')).json()).toMatchObject({ code: 'unknown-pool' })
    expect((await get(so.base.replace(/\/main$/, ''), bearer(tokens.elsewhere))).json()).toEqual({ items: [] })
  })
})

describe('who is let in', () => {
  it.each([
    ['nobody', undefined],
    ['another scheme', 'Basic dmVudWU6'],
    ['a word', 'Bearer venue'],
    ['a token that was never made', `Bearer novation_00000000_${'A'.repeat(43)}`],
    ['one that is altered', `Bearer ${tokens.venue.slice(0, -1)}${tokens.venue.endsWith('A') ? 'B' : 'A'}`],
    ['one that has run out', `Bearer ${tokens.over}`],
    ['a hash out of the file', `Bearer ${entries[0]?.hash}`],
  ])('not %s', async (_, authorization) => {
    const answer = await get(so.base, authorization === undefined ? {} : { authorization })
    expect([answer.status, answer.json().code]).toEqual([401, 'unauthenticated'])
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })

  it('not a token in a query, which stands in the logs of others', async () =>
    expect((await get(`${so.base}?token=${tokens.venue}`)).status).toBe(401))

  it('under the address it is known by, and from pages of that address only', async () => {
    const post = (origin: string) =>
      fetch(`${so.base}/commands`, { method: 'POST', headers: { ...bearer(tokens.venue), origin }, body: '' })
    expect((await post('https://clearing.example')).status).toBe(415)
    expect((await post('https://evil.example')).status).toBe(403)
  })

  it('leaves no token, body or query in what is logged', async () => {
    await send('venue', deposit('secret-id'))
    await as('venue', '/accounts?status=healthy')
    const text = logged.join('\n')
    expect(text).toContain('"token"')
    for (const token of Object.values(tokens)) expect(text).not.toContain(token.slice(-43))
    expect(text).not.toMatch(/secret-id|healthy/)
  })
})

describe('who may send what', () => {
  it('is told to whoever asks: as whom he sends, and what', async () => {
    const told = async (who: Who) =>
      (await get(so.base.replace(/pools\/main$/, 'session'), bearer(tokens[who]))).json() as Record<string, unknown>
    expect(await told('trader')).toMatchObject({
      sends: 'trader:bob',
      commands: [
        'BidLiquidation',
        'CancelOrder',
        'RegisterKey',
        'ReportEquivocation',
        'RevokeKey',
        'SetConsent',
        'Withdraw',
      ],
    })
    expect(await told('auditor')).toMatchObject({ sees: 'pool', commands: [] })
    expect((await told('oracle')).commands).toEqual([
      'PayFunding',
      'PublishCurve',
      'PublishForward',
      'PublishObservations',
      'PublishPrice',
      'PublishQuotes',
      'PublishVolatility',
      'RegisterKey',
      'ReportEquivocation',
      'RevokeKey',
      'SettleInstrument',
    ])
    const { commands } = await told('operator')
    expect(commands).toContain('SetPoolParameters')
    expect(commands).not.toContain('CallMargin')
  })

  it('each sends as whom the token is of, and needs not say so', async () => {
    expect(await send('venue', deposit('v-1'))).toMatchObject({
      status: 200,
      json: { actor: 'venue', outcome: 'accepted' },
    })
    expect(await send('venue', deposit('v-2', { actor: 'venue' }))).toMatchObject({ status: 200 })
    for (const actor of ['operator', 'venue:other', 'trader:bob'])
      expect(await send('venue', deposit('v-3', { actor }))).toMatchObject({
        status: 403,
        json: { code: 'not-permitted' },
      })
  })

  it.each(['auditor', 'oracle', 'trader', 'keeper'] as const)('%s makes no deposit', async (who) =>
    expect(await send(who, deposit('n-1'))).toMatchObject({ status: 403, json: { code: 'not-permitted' } }),
  )

  it('a keeper bids for itself only, is not shown by trying how others stand, and hears of its own commands only', async () => {
    const bid = (bidder: string) => ({
      id: `b-${bidder}`,
      type: 'BidLiquidation',
      data: { liquidation: 'alice:1', bidder, fraction: '1' },
    })
    expect((await send('keeper', bid('bob'))).status).toBe(403)
    const tried = await send('keeper', bid('carol'), '?dryRun=true')
    expect([200, 422]).toContain(tried.status)
    expect(JSON.stringify(tried.json).replaceAll('alice:1', '')).not.toMatch(/alice|bob/)
    const { status } = await send('keeper', bid('carol'))
    expect([200, 422]).toContain(status)
    expect((await as('keeper', '/commands/keeper:carol/b-carol')).status).toBe(200)
    expect((await as('trader', '/commands/keeper:carol/b-carol')).json()).toMatchObject({ code: 'unknown-command' })
    expect((await as('auditor', '/commands/keeper:carol/b-carol')).status).toBe(200)
  })

  it('no more than its rate: each line of a batch is one, and is paid for afterwards', async () => {
    const batch = await fetch(`${so.base}/commands`, {
      method: 'POST',
      body: '{}\n'.repeat(1000),
      headers: { ...bearer(tokens.fresh), 'content-type': 'application/x-ndjson' },
    })
    expect(batch.status).toBe(200)
    const next = await fetch(`${so.base}/commands`, {
      method: 'POST',
      body: '{}',
      headers: { ...bearer(tokens.fresh), 'content-type': 'application/json' },
    })
    expect([next.status, next.headers.get('retry-after')]).toEqual([429, '1'])
    expect(await next.json()).toMatchObject({ code: 'too-many' })
    expect((await as('trader', '/parameters')).status).toBe(200)
  })
})

describe('the file of tokens', () => {
  it('knows nobody who could not be let in', () => {
    expect(['operator', 'venue:a', 'auditor', 'trader:alice', 'keeper:k'].map(grantedRole)).not.toContain(undefined)
    for (const actor of ['trader', 'keeper', 'margin', 'clock', 'gateway', 'king', ''])
      expect(grantedRole(actor)).toBeUndefined()
    expect(readTokens(writeTokens([{ id: 'x', hash: 'y', actor: 'clock' }]))._tag).toBe('Left')
    expect(readTokens('{')._tag).toBe('Left')
  })

  it('lets nobody in with what stands in it', () => {
    const text = writeTokens(entries)
    for (const token of Object.values(tokens)) expect(text).not.toContain(token.slice(-43))
  })
})
