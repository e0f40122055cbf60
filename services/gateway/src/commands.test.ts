import { topics } from '@novation/events'
import { failingBus } from '@novation/platform/kit'
import { get, market, openHouse } from './kit/house'

const house = openHouse()
let base = ''
let other = ''
/** Keeps the ledger from deciding as long as it is not settled. */
let gate: Promise<void> = Promise.resolve()

beforeAll(async () => {
  await house.happen(...market)
  void house.lead(() => gate)
  base = `${await house.serve()}/main`
  other = `${await house.serve()}/main`
})
afterAll(() => house.close())

const json = { 'content-type': 'application/json' }
const patient = { ...json, prefer: 'wait=10' }

const post = async (url: string, body: string, headers: Readonly<Record<string, string>> = patient) => {
  const response = await fetch(url, { method: 'POST', body, headers })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) }
}

const deposit = (id: string, more: object = {}, data: object = {}): string =>
  JSON.stringify({
    id,
    type: 'Deposit',
    actor: 'venue',
    data: { account: 'alice', asset: 'USD', amount: '5', ...data },
    ...more,
  })

/** While it runs nothing is decided. */
const heldUp = async <A>(work: () => Promise<A>): Promise<A> => {
  let free = (): void => undefined
  gate = new Promise((resolve) => {
    free = resolve
  })
  try {
    return await work()
  } finally {
    free()
  }
}

describe('a command', () => {
  it('is answered with its outcome where that comes in time, and again, whoever is asked', async () => {
    const first = await post(`${base}/commands`, deposit('d-1'))
    const { book } = house
    expect(first.json()).toEqual({ id: 'd-1', actor: 'venue', outcome: 'accepted', revision: book.revision, events: 1 })
    expect([first.status, first.headers.get('idempotency-hit')]).toEqual([200, null])
    const seen = await get(`${other}/accounts/alice?atLeast=${first.json().revision}`)
    expect(seen.json().collateral).toEqual({ USD: '1005' })
    for (const url of [base, other]) {
      const again = await post(`${url}/commands`, deposit('d-1', { at: '2020-03-12T12:00:00Z' }))
      expect([again.status, again.text, again.headers.get('idempotency-hit')]).toEqual([200, first.text, 'true'])
      expect((await get(`${url}/commands/venue/d-1`)).json()).toEqual(first.json())
    }
    expect(book.revision).toBe(first.json().revision)
  })

  it('is waiting while nothing is decided, and says where to ask', async () => {
    await heldUp(async () => {
      const sent = await post(`${base}/commands`, deposit('d-2'), json)
      expect([sent.status, sent.json()]).toEqual([202, { id: 'd-2', actor: 'venue', outcome: 'waiting' }])
      expect(sent.headers.get('location')).toBe('/v1/pools/main/commands/venue/d-2')
      expect((await get(`${base}/commands/venue/d-2`)).json()).toMatchObject({ outcome: 'waiting' })
    })
    expect((await post(`${base}/commands`, deposit('d-2'))).json()).toMatchObject({ outcome: 'accepted' })
  })

  it('that is rejected is a problem by the code of the ledger, with the revision that records it', async () => {
    const first = await post(`${base}/commands`, deposit('d-3', {}, { account: 'nobody' }))
    expect([first.status, first.json()]).toEqual([
      422,
      expect.objectContaining({
        code: 'unknown-account',
        outcome: 'rejected',
        revision: house.book.revision,
        id: 'd-3',
      }),
    ])
    const again = await post(`${other}/commands?`, deposit('d-3', {}, { account: 'nobody' }))
    expect([again.status, again.headers.get('idempotency-hit')]).toEqual([422, 'true'])
    expect(again.json()).toEqual({ ...first.json(), instance: again.json().instance })
    expect((await get(`${base}/commands/venue/d-3`)).json()).toMatchObject({
      outcome: 'rejected',
      code: 'unknown-account',
    })
  })

  it('has one effect and one outcome, sent fifty times at once through two gateways', async () => {
    const before = house.book.revision
    const answers = await heldUp(async () => {
      const all = Array.from({ length: 50 }, (_, i) => post(`${i % 2 === 0 ? base : other}/commands`, deposit('d-4')))
      // They are all on their way before anything is decided.
      await post(`${base}/commands`, deposit('d-4'), json)
      return () => Promise.all(all)
    }).then((all) => all())
    expect(house.book.revision).toBe(before + 1)
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(answers.filter(({ headers }) => headers.get('idempotency-hit') === 'true').length).toBeGreaterThanOrEqual(48)
  })

  it('under an id that was used for something else is told so, where it is known and where only the ledger knows', async () => {
    expect((await post(`${base}/commands`, deposit('d-1', {}, { amount: '6' }))).json()).toMatchObject({
      status: 409,
      code: 'id-reused',
    })
    const both = await heldUp(async () => {
      const one = post(`${base}/commands`, deposit('d-5'))
      const two = post(`${other}/commands`, deposit('d-5', {}, { amount: '7' }))
      await post(`${other}/commands`, deposit('d-5', {}, { amount: '7' }), json)
      return () => Promise.all([one, two])
    }).then((all) => all())
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('takes its id from Idempotency-Key and its pool from the path, and both must agree with what it says', async () => {
    const bare = '{"type":"Deposit","actor":"venue","data":{"account":"bob","asset":"USD","amount":"1"}}'
    const sent = await post(`${base}/commands`, bare, { ...patient, 'idempotency-key': 'k-1' })
    expect(sent.json()).toMatchObject({ id: 'k-1', outcome: 'accepted' })
    expect((await post(`${base}/commands`, bare)).json()).toMatchObject({ code: 'malformed' })
    for (const [body, key] of [
      [deposit('k-2'), 'k-3'],
      [deposit('k-2', { pool: 'other' }), 'k-2'],
    ] as const)
      expect((await post(`${base}/commands`, body, { ...patient, 'idempotency-key': key })).json()).toMatchObject({
        code: 'malformed',
      })
  })

  it('that the ledger forgot the time of is refused by it, and who sent it hears; nothing is bound by that', async () => {
    await house.happen(['SetPoolParameters', { idempotency_s: 10 }])
    const old = deposit('o-1', { at: '2020-03-12T09:00:00Z' })
    const refused = await post(`${base}/commands`, old)
    expect(refused.json()).toMatchObject({ status: 409, code: 'too-old' })
    expect((await get(`${base}/commands/venue/o-1`)).json()).toMatchObject({ code: 'too-old' })
    expect((await get(`${other}/commands/venue/o-1`)).json()).toMatchObject({ status: 404, code: 'unknown-command' })
    expect((await post(`${base}/commands`, deposit('o-1', { at: '2030-01-01T00:00:00Z' }))).json()).toMatchObject({
      outcome: 'accepted',
    })
    expect((await get(`${base}/commands/venue/o-1`)).json()).toMatchObject({ outcome: 'accepted' })
  })

  it.each([
    ['not JSON', '{', json, 400, 'malformed'],
    ['a list', '[]', json, 400, 'malformed'],
    ['nothing', '', json, 400, 'malformed'],
    ['an unknown field', deposit('x', { extra: 1 }), json, 400, 'malformed'],
    ['a key twice', '{"id":"x","id":"x","type":"Deposit","actor":"venue","data":{}}', json, 400, 'malformed'],
    ['no sender', deposit('x', { actor: undefined }), json, 400, 'malformed'],
    ['a sender who may not', deposit('x', { actor: 'oracle' }), json, 403, 'not-permitted'],
    ['a sender of no role', deposit('x', { actor: 'king' }), json, 403, 'not-permitted'],
    ['the name of a service', '{"id":"x","type":"PassTime","actor":"clock","data":{}}', json, 403, 'not-permitted'],
    ['a form', 'id=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'not-json'],
    ['text', deposit('x'), { 'content-type': 'text/plain' }, 415, 'not-json'],
    ['a page of another site', deposit('x'), { ...json, origin: 'http://evil.example' }, 403, 'foreign-origin'],
    ['a sandboxed page', deposit('x'), { ...json, origin: 'null' }, 403, 'foreign-origin'],
  ])('of %s is refused, and is nowhere', async (_, body, headers, status, code) => {
    const before = house.book.revision
    expect((await post(`${base}/commands`, body, headers as Readonly<Record<string, string>>)).json()).toMatchObject({
      status,
      code,
    })
    expect((await get(`${base}/commands/venue/x`)).json()).toMatchObject({ code: 'unknown-command' })
    expect(house.book.revision).toBe(before)
  })

  it('is not lost where the bus takes it and is not heard, nor bound where the bus is away', async () => {
    let fault: 'unknown' | 'unavailable' | undefined
    const bus = failingBus(house.bus, (topic) => (topic === topics.commands ? fault : undefined))
    const url = `${await house.serve({ bus })}/main`
    fault = 'unavailable'
    expect((await post(`${url}/commands`, deposit('b-1'))).json()).toMatchObject({ status: 503, code: 'unavailable' })
    expect((await get(`${url}/commands/venue/b-1`)).json()).toMatchObject({ code: 'unknown-command' })
    fault = 'unknown'
    expect((await post(`${url}/commands`, deposit('b-1'))).json()).toMatchObject({ status: 504, code: 'not-yet' })
    fault = undefined
    const before = house.book.revision
    expect((await post(`${url}/commands`, deposit('b-1'))).json()).toMatchObject({ outcome: 'accepted' })
    expect(house.book.revision - before).toBeLessThanOrEqual(1)
  })
})

describe('a batch', () => {
  const ndjson = { 'content-type': 'application/x-ndjson', prefer: 'wait=10' }

  it('is answered line by line, each as if it came alone', async () => {
    const lines = [
      deposit('l-1'),
      'nonsense',
      deposit('l-2', {}, { account: 'nobody' }),
      deposit('l-1'),
      deposit('d-1'),
    ]
    const { status, text } = await post(`${base}/commands`, `${lines.join('\n')}\n`, ndjson)
    expect(status).toBe(200)
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      expect.objectContaining({ status: 200, id: 'l-1', outcome: 'accepted' }),
      expect.objectContaining({ status: 400, code: 'malformed' }),
      expect.objectContaining({ status: 422, id: 'l-2', code: 'unknown-account' }),
      expect.objectContaining({ status: 200, id: 'l-1', outcome: 'accepted', hit: true }),
      expect.objectContaining({ status: 200, id: 'd-1', outcome: 'accepted', hit: true }),
    ])
  })

  it('goes to the ledger in its order', async () => {
    const lines = Array.from({ length: 200 }, (_, i) => deposit(`s-${i}`))
    const { text } = await post(`${base}/commands`, lines.join('\n'), ndjson)
    const revisions = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).revision)
    expect(revisions).toEqual(revisions.map((_, i) => revisions[0] + i))
  })

  it('has a thousand lines at most', async () => {
    const lines = Array.from({ length: 1001 }, () => '{}')
    expect((await post(`${base}/commands`, lines.join('\n'), ndjson)).json()).toMatchObject({ code: 'too-large' })
  })
})

describe('a dry run', () => {
  const dry = (body: string) => post(`${base}/commands?dryRun=true`, body, json)

  it('says what would happen, and that is what then happens', async () => {
    const at = '2030-01-01T00:00:00Z'
    const told = (await dry(deposit('r-1', { at }))).json()
    expect(told).toMatchObject({ id: 'r-1', outcome: 'accepted', dryRun: true })
    const foreseen = told.events.at(-1)
    const [{ account, before, after }] = told.accounts
    expect([account, Number(after.collateral.USD) - Number(before.collateral.USD)]).toEqual(['alice', 5])
    const sent = (await post(`${base}/commands`, deposit('r-1', { at }))).json()
    const happened = (await get(`${base}/events/${sent.revision}`)).json()
    expect(foreseen).toMatchObject({ type: happened.type, data: happened.data, postings: happened.postings })
    expect((await get(`${base}/accounts/alice`)).json().collateral).toEqual(after.collateral)
  })

  it('is rejected and refused as the command itself would be', async () => {
    expect((await dry(deposit('r-2', {}, { account: 'nobody' }))).json()).toMatchObject({
      status: 422,
      code: 'unknown-account',
      dryRun: true,
    })
    expect((await dry(deposit('d-1', {}, { amount: '9' }))).json()).toMatchObject({ status: 409, code: 'id-reused' })
    expect((await dry(deposit('r-2', { actor: 'oracle' }))).json()).toMatchObject({
      status: 403,
      code: 'not-permitted',
    })
  })

  it('at a moment of the past says what happened then, and leaves no trace of having been there', async () => {
    const before = await get(`${base}/statement`)
    const { items } = (await get(`${base}/events?limit=1000`)).json()
    const decided = items.filter(
      ({ metadata }: { metadata: { command?: object; actor: string } }) =>
        metadata.command !== undefined && metadata.actor === 'operator',
    )
    for (const { revision, metadata, type, data } of decided.slice(1)) {
      const at = `at=${revision - 1}`
      const told = await post(`${base}/commands?dryRun=true&${at}`, JSON.stringify(metadata.command), json)
      if (type === 'CommandRejected') expect(told.json()).toMatchObject({ code: data.code, outcome: 'rejected' })
      else expect(told.json().events[0]).toMatchObject({ revision, type, data })
      expect(told.headers.get('x-revision')).toBe(String(revision - 1))
    }
    expect((await get(`${base}/statement`)).text).toBe(before.text)
  })

  it('is not of a place between two events of a command, nor is what is sent of any', async () => {
    const { items } = (await get(`${base}/events?type=TradeCleared`)).json()
    const inside = await post(`${base}/commands?dryRun=true&at=${items[0].revision}`, deposit('r-9'), json)
    expect(inside.json()).toMatchObject({ status: 400, code: 'bad-position' })
    for (const query of ['at=3', 'settle=true'])
      expect((await post(`${base}/commands?${query}`, deposit('r-9'))).json()).toMatchObject({ code: 'malformed' })
  })
})
