import { tick } from '@novation/platform/kit'
import { connect } from './connect'
import { openMarket } from './kit/house'
import { Problem, Unreachable } from './problem'
import { here, type World } from './world'

type Market = Awaited<ReturnType<typeof openMarket>>
let open: Market
/** What goes wrong with the next requests, one after the other; then they go through. */
const faults: ((url: string, init: RequestInit) => Promise<Response>)[] = []
const sent: { readonly url: string; readonly init: RequestInit }[] = []

const world: Partial<World> = {
  fetch: (url, init) => {
    sent.push({ url, init })
    return (faults.shift() ?? here.fetch)(url, init)
  },
}
const away = async (): Promise<Response> => {
  throw new TypeError('fetch failed')
}
/** The gateway hears of it, and nobody hears the gateway. */
const unheard = async (url: string, init: RequestInit): Promise<Response> => {
  await here.fetch(url, init)
  return away()
}
const busy = async (): Promise<Response> =>
  new Response('{"code":"too-many","detail":"wait"}', { status: 429, headers: { 'retry-after': '0' } })

beforeAll(async () => {
  open = await openMarket(world)
})
afterAll(() => open.house.close())
beforeEach(() => void sent.splice(0))
afterEach(() => expect(faults).toEqual([]))

const deposit = (amount: string) =>
  ({ type: 'Deposit', actor: 'venue', data: { account: 'bob', asset: 'USD', amount } }) as const

describe('a question', () => {
  it('is answered with the revision that the answer is of', async () => {
    const { data, revision, at } = await open.pool.account('alice', { at: 12 })
    expect(data).toEqual((await open.get(`${open.base}/main/accounts/alice?at=12`)).json())
    expect([revision, at]).toEqual([12, expect.stringMatching(/^2020-/)])
    expect((await open.pool.summary()).data.pool).toBe('main')
    expect((await open.pool.ask('price', { name: 'BTC-PERP' })).data.price).toBe('4100')
    expect((await connect({ url: `${open.url}/` }).pools()).data.items).toHaveLength(1)
    const { components } = await connect({ url: open.url }).description()
    expect(components.schemas).toHaveProperty('Deposit')
    expect((await connect({ url: open.url }).session()).commands).toContain('Deposit')
  })

  it('is asked again where the gateway is away or has too much to do', async () => {
    faults.push(away, busy, away)
    expect((await open.pool.account('bob')).data.account).toBe('bob')
    expect(sent).toHaveLength(4)
  })

  it('that cannot be answered is a problem with a code, at once', async () => {
    const asked = open.pool.account('nobody')
    await expect(asked).rejects.toBeInstanceOf(Problem)
    await expect(asked).rejects.toMatchObject({ code: 'not-found', status: 404, instance: expect.any(String) })
    expect(sent).toHaveLength(1)
  })

  it('to nobody is unreachable after so many attempts', async () => {
    faults.push(away, away, away, away, away, away)
    await expect(open.pool.summary()).rejects.toBeInstanceOf(Unreachable)
  })

  it('is let go where whoever asked does not want to know any more', async () => {
    faults.push(away)
    await expect(open.pool.ask('summary', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    })
  })
})

it('about an account called .. is about that account, whatever browsers make of such a path', async () => {
  await open.house.happen(['OpenAccount', { account: '..' }], ['OpenAccount', { account: '.' }])
  for (const account of ['..', '.']) {
    expect((await open.pool.account(account, { atLeast: open.house.book.revision })).data.account).toBe(account)
    expect((await open.pool.ask('accountEvents', { account })).data.items).toMatchObject([{ type: 'AccountOpened' }])
  }
})

describe('a list', () => {
  it('is walked page after page, all of one revision, while the ledger grows', async () => {
    const before = (await open.pool.ask('accounts', {})).data.items
    const walked: unknown[] = []
    for await (const one of open.pool.list('accounts', { limit: 1 })) {
      walked.push(one)
      await open.house.happen(['OpenAccount', { account: `new-${walked.length}` }])
    }
    expect(walked).toEqual(before)
  })
})

describe('a command', () => {
  it('is sent and its outcome heard', async () => {
    const outcome = await open.pool.send(deposit('5'), { wait_s: 5 })
    expect(outcome).toMatchObject({ outcome: 'accepted', events: 1, hit: false })
    expect((await open.pool.outcome('venue', outcome.id)).data).toMatchObject({ outcome: 'accepted' })
  })

  it('happens once, by one id and at one time, however often it had to be sent', async () => {
    const before = open.house.book.revision
    faults.push(away, unheard, busy, unheard)
    const outcome = await open.pool.send(deposit('6'), { wait_s: 5 })
    expect(outcome).toMatchObject({ outcome: 'accepted', revision: before + 1, hit: true })
    expect(open.house.book.revision).toBe(before + 1)
    expect(new Set(sent.map(({ init }) => init.body)).size).toBe(1)
  })

  it('that the ledger turns down is rejected, one that is not for it refused', async () => {
    expect(await open.pool.send({ ...deposit('7'), actor: 'oracle' })).toMatchObject({
      outcome: 'refused',
      why: { code: 'not-permitted' },
    })
    const wish = { ...deposit('7'), data: { account: 'nobody', asset: 'USD', amount: '7' } }
    expect(await open.pool.send(wish, { wait_s: 5 })).toMatchObject({
      outcome: 'rejected',
      why: { code: 'unknown-account' },
      revision: expect.any(Number),
    })
  })

  it('of which nobody knows whether it arrived is handed back, to be sent again as it was', async () => {
    faults.push(unheard, away, away, away, away, away)
    const lost = await open.pool.send(deposit('8'))
    if (lost.outcome !== 'unknown') throw new Error(lost.outcome)
    expect(await open.pool.send(lost.again, { wait_s: 5 })).toMatchObject({
      id: lost.id,
      outcome: 'accepted',
      hit: true,
    })
  })

  it('is tried without a trace', async () => {
    const before = open.house.book.revision
    const tried = await open.pool.dryRun(deposit('9'))
    expect(tried).toMatchObject({ outcome: 'accepted', revision: before })
    expect(tried.outcome === 'accepted' && tried.rehearsal.events.at(-1)?.type).toBe('CollateralDeposited')
    const past = await open.pool.dryRun(deposit('9'), { at: 9, settle: true })
    expect(past).toMatchObject({ outcome: 'accepted', revision: 9 })
    expect(await open.pool.dryRun({ ...deposit('9'), actor: 'oracle' })).toMatchObject({ outcome: 'refused' })
    expect(open.house.book.revision).toBe(before)
    await open.house.happen(tick('4099'))
  })
})
