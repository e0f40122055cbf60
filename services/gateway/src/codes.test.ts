import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RefusalCode, type RejectionCode, refusals, rejections } from '@novation/clearing'
import { ladders, take, worldOn } from '@novation/clearing/kit'
import { isService, topics } from '@novation/events'
import { bury, openSpool, systemScheduler } from '@novation/platform'
import { failingBus } from '@novation/platform/kit'
import { type ProblemCode, problems } from './http/problems'
import { openGuarded } from './kit/guarded'
import { get, market, openHouse } from './kit/house'
import { raw } from './kit/raw'

const json = { 'content-type': 'application/json', prefer: 'wait=10' }

interface Said {
  readonly status: number
  readonly code: unknown
}

const said = async (answering: Promise<Response>): Promise<Said> => {
  const answer = await answering
  const { code } = (await answer.json()) as { readonly code?: unknown }
  return { status: answer.status, code }
}

const post = (url: string, command: object | string, headers: Record<string, string> = json): Promise<Said> =>
  said(fetch(url, { method: 'POST', headers, body: typeof command === 'string' ? command : JSON.stringify(command) }))

/** Where a reason is met: by a command that somebody from outside may send, if there is such a rung, or else by a service's. */
const metOn = (code: RejectionCode) => {
  const rungs = ladders.flatMap((ladder) =>
    ladder.rungs.flatMap((rung, i) => {
      if (rung.code !== code) return []
      const world = worldOn(ladder, i)
      const command = take(world, rung.wish).sent.at(-1)?.command
      return command === undefined ? [] : [{ events: world.events, command }]
    }),
  )
  return rungs.find(({ command }) => !isService(command.actor)) ?? rungs[0]
}

describe('what the ledger decides against', () => {
  it.each(rejections)('is told as %s, and stays told', async (code) => {
    const met = metOn(code)
    if (met === undefined) throw new Error(`nobody is turned down for ${code}`)
    const { events, command } = met
    const { actor, id } = command
    const house = openHouse()
    await house.happened(events)
    void house.lead()
    const base = `${await house.serve()}/main`
    try {
      if (isService(actor)) await house.decide(command).then(() => undefined)
      else expect(await post(`${base}/commands`, command)).toEqual({ status: 422, code })
      expect((await get(`${base}?atLeast=${events.length}`)).status).toBe(200)
      expect((await get(`${base}/commands/${actor}/${id}`)).json()).toMatchObject({ outcome: 'rejected', code })
    } finally {
      await house.close()
    }
  })
})

describe('what the ledger turns away at its door', () => {
  const house = openHouse()
  const stop = new AbortController()
  let base = ''
  /** By which reason everything that is sent is turned away. */
  let reason = ''

  beforeAll(async () => {
    await house.happen(...market)
    base = `${await house.serve()}/main`
    void house.bus.subscribe(
      { topic: topics.commands, group: 'ledger', from: 'beginning' },
      async (batch) => {
        const dead = batch.map((record) => ({ record, reason: { code: reason, text: 'as the test wants it' } }))
        await bury({ bus: house.bus, scheduler: systemScheduler }, dead, stop.signal)
        return batch.length
      },
      stop.signal,
    )
  })
  afterAll(async () => {
    stop.abort()
    await house.close()
  })

  it.each(refusals)('is told as %s, and is told so when it is asked for later', async (code) => {
    reason = code
    const id = `r-${code}`
    const deposit = { id, type: 'Deposit', actor: 'venue', data: { account: 'bob', asset: 'USD', amount: '1' } }
    const told = { status: problems[code], code }
    expect(await post(`${base}/commands`, deposit)).toEqual(told)
    expect(await said(fetch(`${base}/commands/venue/${id}`))).toEqual(told)
  })
})

describe('what a gateway says by itself', () => {
  const { so, house, tokens, open, close, bearer } = openGuarded()
  beforeAll(() => open())
  afterAll(close)

  const venue = () => ({ ...json, ...bearer(tokens.venue) })
  const at = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
    said(fetch(`${so.base}${path}`, { ...init, headers: { ...bearer(tokens.auditor), ...headers } }))
  const deposit = (id: string, amount = '1') => ({
    id,
    type: 'Deposit',
    data: { account: 'bob', asset: 'USD', amount },
  })
  /** A gateway of the same house, of which something is otherwise. */
  const otherwise = async (more: Parameters<typeof house.serve>[0]) => `${await house.serve(more)}/main`
  const folder = mkdtempSync(join(tmpdir(), 'novation-codes-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const begun = async (base: string): Promise<{ readonly id: string }> => {
    const answer = await fetch(`${base}/jobs`, { method: 'POST', headers: json, body: '{"kind":"verify"}' })
    return (await answer.json()) as { readonly id: string }
  }
  /** Those that only the door of the ledger says are met above. */
  type Own = Exclude<ProblemCode, Exclude<RefusalCode, 'malformed' | 'not-permitted' | 'unknown-pool' | 'id-reused'>>

  const met: { readonly [C in Own]: () => Promise<Said> } = {
    malformed: () => at('?acount=alice'),
    'bad-position': () => at('?at=@2000-01-01T00:00:00Z'),
    unauthenticated: () => said(fetch(so.base)),
    'not-permitted': () => post(`${so.base}/commands`, deposit('n'), { ...json, ...bearer(tokens.auditor) }),
    'foreign-host': async () => {
      const { port, pathname } = new URL(so.base)
      const head = `GET ${pathname} HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n`
      const answer = await raw(Number(port), head)
      const { code } = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))
      return { status: Number(answer.split(' ')[1]), code }
    },
    'foreign-origin': () => post(`${so.base}/commands`, deposit('o'), { ...venue(), origin: 'https://evil.example' }),
    'not-found': () => at('/accounts/nobody'),
    'unknown-pool': () => said(fetch(so.base.replace(/main$/, 'other'), { headers: bearer(tokens.venue) })),
    'unknown-command': () => at('/commands/venue/none'),
    'id-reused': async () => {
      await post(`${so.base}/commands`, deposit('twice'), venue())
      return post(`${so.base}/commands`, deposit('twice', '2'), venue())
    },
    'job-lost': async () => {
      const jobs = { spool: openSpool(folder), run: () => new Promise<never>(() => undefined) }
      const { id } = await begun(await otherwise({ jobs }))
      // Another life of the same gateway.
      return said(fetch(`${await otherwise({ jobs })}/jobs/${id}/result`))
    },
    'too-large': () => at(`?at=${'1'.repeat(5_000)}`),
    'not-json': () => post(`${so.base}/commands`, 'x', { ...venue(), 'content-type': 'text/plain' }),
    'too-many': async () => {
      const many = { ...json, ...bearer(tokens.fresh), 'content-type': 'application/x-ndjson' }
      await fetch(`${so.base}/commands`, { method: 'POST', headers: many, body: '{}\n'.repeat(1000) })
      return post(`${so.base}/commands`, deposit('m'), { ...json, ...bearer(tokens.fresh) })
    },
    busy: async () => {
      const base = await otherwise({ askPast: async () => ({ _tag: 'Left', left: { code: 'busy', detail: '' } }) })
      return said(fetch(`${base}/statement`))
    },
    unavailable: async () => {
      const bus = failingBus(house.bus, () => 'unavailable')
      return post(`${await otherwise({ bus })}/commands`, { ...deposit('u'), actor: 'venue' })
    },
    'not-yet': async () => {
      const bus = failingBus(house.bus, () => 'unknown')
      return post(`${await otherwise({ bus })}/commands`, { ...deposit('y'), actor: 'venue' })
    },
  }

  it.each(Object.entries(met))('%s is met', async (code, meet) =>
    expect(await meet()).toEqual({ status: problems[code as ProblemCode], code }),
  )
})
