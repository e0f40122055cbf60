import { diff, disclosure, exportForms, folderShelf, stateAt, verify } from '@novation/audit'
import { streamOf } from '@novation/events'
import { tick } from '@novation/platform/kit'
import { get, market, openHouse } from './kit/house'
import { listen } from './kit/sse'

const house = openHouse()
let base = ''

beforeAll(async () => {
  await house.happen(...market, tick('4300'), ['CallMargin', { account: 'alice' }, 'margin'], tick('4100'))
  await house.happen(['StartLiquidation', { account: 'alice' }, 'liquidator'], tick('3900'))
  base = `${await house.serve()}/main`
})
afterAll(() => house.close())

const read = (from: number) => house.store.read(streamOf('main'), from)

const ask = async (job: object | string, type = 'application/json') => {
  const response = await fetch(`${base}/jobs`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof job === 'string' ? job : JSON.stringify(job),
  })
  return {
    status: response.status,
    headers: response.headers,
    json: (await response.json()) as Record<string, unknown>,
  }
}

const ended = async (job: object): Promise<Record<string, unknown>> => {
  const { headers } = await ask(job)
  const path = new URL(headers.get('location') ?? '', base)
  for (;;) {
    const now = (await get(String(path))).json()
    if (now.state !== 'waiting' && now.state !== 'running') return now
  }
}

const resultOf = async (job: object) => get(`${base}/jobs/${(await ended(job)).id}/result`)

describe('a job', () => {
  it('is taken, told where it is, and done', async () => {
    const { status, headers, json } = await ask({ kind: 'verify' })
    expect(status).toBe(202)
    expect(headers.get('location')).toBe(`/v1/pools/main/jobs/${json.id}`)
    expect(json).toMatchObject({
      pool: 'main',
      asked: { kind: 'verify' },
      revision: house.book.revision,
      state: 'waiting',
    })
    const done = await ended({ kind: 'verify' })
    expect(done).toMatchObject({ id: json.id, state: 'done', result: { content: 'application/json' } })
    expect((await get(`${base}/jobs`)).json().items).toContainEqual(done)
  })

  it('of a verification says what the command line says', async () => {
    const { state: _, suspended: __, ...told } = await verify(read(0), { pool: 'main', depth: 'everything' })
    const said = await resultOf({ kind: 'verify' })
    expect(said.json()).toMatchObject({ sound: told.sound, complete: true, revision: house.book.revision })
    expect(said.headers.get('content-length')).toBe(String(Buffer.byteLength(said.text)))
    expect(said.headers.get('x-revision')).toBe(String(house.book.revision))
  })

  it('of a comparison, too', async () => {
    const { pool } = await stateAt(folderShelf('/nowhere'), 'main', { tag: 'revision', revision: 5 }, read)
    if (pool === undefined) throw new Error('no such revision')
    const told = await diff(pool, { tag: 'revision', revision: 9 }, read)
    expect((await resultOf({ kind: 'diff', from: '5', to: '9' })).text).toBe(`${JSON.stringify(told)}\n`)
  })

  it.each(['csv', 'jsonl', 'commands'] as const)('of an export as %s, too', async (output) => {
    let told: string = exportForms[output].header
    for await (const event of read(2)) if (event.revision <= 8) told += exportForms[output].linesOf(event)
    const said = await resultOf({ kind: 'export', output, from: '2', to: '8' })
    expect(said.text).toBe(told)
    expect(said.headers.get('content-disposition')).toContain(output === 'csv' ? '.csv' : '.jsonl')
  })

  it('of a disclosure, too', async () => {
    const told = await disclosure(read(0), {
      pool: 'main',
      from: { tag: 'start' },
      to: { tag: 'end' },
      stress: '0.2',
      interval_s: 60,
    })
    expect((await resultOf({ kind: 'disclosure', interval: 60 })).text).toBe(`${JSON.stringify(told)}\n`)
  })

  it.each([
    ['an account', 'alice', { account: 'alice' }],
    ['an event', '4', { event: { revision: 4 } }],
  ])('explains %s', async (_, of, like) => {
    expect((await resultOf({ kind: 'explain', of })).json()).toMatchObject(like)
  })

  it('says what had been under other parameters', async () => {
    const margin = { model: 'tiered', tiers: [{ initial: '0.5', maintenance: '0.4' }] }
    const stricter = { instruments: { 'BTC-PERP': { margin } } }
    const said = (await resultOf({ kind: 'what-if', parameters: stricter })).json()
    expect(said.from).toBe(0)
    expect(said.refused.count).toBeGreaterThan(0)
  })

  it('is one where it is wanted twice of one history, and another where that has gone on', async () => {
    const first = (await ended({ kind: 'diff', from: '1' })).id
    const again = await ask({ from: '1', kind: 'diff' })
    expect([again.status, again.json.id]).toEqual([200, first])
    await house.happen(tick('3950'))
    await get(`${base}?atLeast=${house.book.revision}`)
    expect((await ask({ kind: 'diff', from: '1' })).json.id).not.toBe(first)
  })

  it('looks at the history as it was when it was asked, and never says another thing', async () => {
    const { id, revision } = await ended({ kind: 'export', output: 'jsonl' })
    const said = (await get(`${base}/jobs/${id}/result`)).text
    expect(said.trim().split('\n')).toHaveLength(Number(revision) + 1)
    await house.happen(tick('3960'))
    expect((await get(`${base}/jobs/${id}/result`)).text).toBe(said)
  })

  it.each([
    [{ kind: 'explain', of: 'nobody' }, 404, 'not-found'],
    [{ kind: 'explain', of: '4', from: '2' }, 400, 'bad-position'],
    [{ kind: 'diff', from: '9', to: '5' }, 400, 'bad-position'],
    [{ kind: 'what-if', parameters: { instruments: { 'ETH-PERP': {} } } }, 400, 'malformed'],
    [{ kind: 'disclosure', from: '@2100-01-01T00:00:00Z' }, 400, 'bad-position'],
  ])('that cannot be, %j, fails and says why', async (job, status, code) => {
    expect(await ended(job)).toMatchObject({ state: 'failed', why: { code } })
    const answer = await resultOf(job)
    expect([answer.status, answer.json().code]).toEqual([status, code])
  })

  it.each([
    ['no JSON', '{', 'malformed'],
    ['no kind', '{}', 'malformed'],
    ['an unknown kind', { kind: 'dance' }, 'malformed'],
    ['an unknown word', { kind: 'verify', deep: true }, 'malformed'],
    ['no position', { kind: 'diff', from: 'yesterday' }, 'malformed'],
    ['unsound parameters', { kind: 'what-if', parameters: { pool: { waterfall: { insurance: 1 } } } }, 'malformed'],
    ['no interval', { kind: 'disclosure', interval: 0 }, 'malformed'],
  ])('of %s is not taken', async (_, job, code) => {
    const { status, json } = await ask(job)
    expect([status, json.code]).toEqual([400, code])
  })

  it('is said as JSON', async () => expect((await ask({ kind: 'verify' }, 'text/plain')).status).toBe(415))

  it('that nobody began is not there', async () => {
    for (const path of ['/jobs/none', '/jobs/none/result']) expect((await get(base + path)).status).toBe(404)
    expect((await fetch(`${base}/jobs/none`, { method: 'DELETE' })).status).toBe(404)
  })

  it('that is over is forgotten, with what came of it, where it is taken away', async () => {
    const { id } = await ended({ kind: 'export', output: 'csv' })
    expect((await fetch(`${base}/jobs/${id}`, { method: 'DELETE' })).status).toBe(200)
    for (const path of [`/jobs/${id}`, `/jobs/${id}/result`]) expect((await get(base + path)).status).toBe(404)
  })

  it('is told in a feed until it is over', async () => {
    const { id } = (await ask({ kind: 'verify', depth: 'fold' })).json
    const told: string[] = []
    await listen(`${base}/feed?channels=jobs/${id}`, {}, ({ data }) => {
      const { state } = (data.data ?? {}) as { readonly state?: string }
      if (state !== undefined) told.push(state)
      return told.at(-1) === 'done'
    })
    expect(told.at(-1)).toBe('done')
  })
})
