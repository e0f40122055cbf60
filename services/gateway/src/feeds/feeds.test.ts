import { tick } from '@novation/platform/kit'
import { newToken, type TokenEntry } from '../access/token-file'
import { get, market, openHouse } from '../kit/house'
import { hurried } from '../kit/hurried'
import { listen, type Told } from '../kit/sse'

const house = openHouse()
let base = ''
let other = ''

beforeAll(async () => {
  await house.happen(...market, tick('4300'), ['CallMargin', { account: 'alice' }, 'margin'], tick('4100'))
  base = `${await house.serve()}/main`
  other = `${await house.serve()}/main`
})
afterAll(() => house.close())
jest.setTimeout(900_000)

/** So often a socket dies; `npm run test:gateway` has it die a thousand times. */
const cuts = Number(process.env.NOVATION_CUTS ?? '60')

const stored = async (): Promise<readonly unknown[]> => {
  const items: unknown[] = []
  let query = `limit=1000&atLeast=${house.book.revision}`
  for (;;) {
    const page = (await get(`${base}/events?${query}`)).json()
    items.push(...page.items)
    if (page.next === undefined) return items
    query = `limit=1000&cursor=${page.next}`
  }
}

/** Everything that is told up to the end as it is now. */
const hearAll = async (query: string, headers = {}): Promise<readonly Told[]> => {
  const heard: Told[] = []
  const end = house.book.revision
  await listen(`${base}/feed?${query}`, headers, (told) => {
    heard.push(told)
    return told.data.kind === 'caught-up' && told.data.revision >= end
  })
  return heard
}

const dataOf = (heard: readonly Told[]): readonly unknown[] =>
  heard.flatMap(({ data }) => (data.kind === 'event' ? [data.data] : []))

/** Figures that look like chance and are the same every time. */
const dice = (seed: number) => {
  let state = seed
  return (most: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % most
  }
}

describe('a feed', () => {
  it('tells all there is, in order, says so, and goes on without a seam', async () => {
    const heard: Told[] = []
    const began = house.book.revision
    const done = listen(`${base}/feed?from=start`, {}, (told) => {
      heard.push(told)
      return told.data.kind === 'event' && told.data.revision === began + 2
    })
    while (heard.at(-1)?.data.kind !== 'caught-up') await get(`${base}`)
    await house.happen(tick('4200'), tick('4201'))
    expect(await done).toBe('enough')
    expect(heard.filter(({ data }) => data.kind === 'caught-up')).toHaveLength(1)
    expect(dataOf(heard)).toEqual(await stored())
  })

  it('tells the very events of the ledger, in order, none twice, however often its socket dies at whatever byte, through two gateways', async () => {
    const roll = dice(7)
    const heard: unknown[] = []
    let last: string | undefined
    const rounds = cuts
    for (let round = 0; ; round += 1) {
      if (round < rounds) await house.happen(tick(String(4200 + roll(50))))
      const end = house.book.revision
      const headers: Record<string, string> = last === undefined ? {} : { 'last-event-id': last }
      const how = await listen(
        `${round % 2 === 0 ? base : other}/feed?from=start`,
        headers,
        ({ id, data }) => {
          if (data.kind === 'event') heard.push(data.data)
          last = id ?? last
          return data.kind === 'caught-up' && data.revision >= end
        },
        round < rounds ? 1 + roll(6_000) : undefined,
      )
      if (round >= rounds && how === 'enough') break
    }
    expect(heard).toEqual(await stored())
  })

  it('of some channels tells what belongs to them, each event once', async () => {
    const types = async (query: string) =>
      new Set(dataOf(await hearAll(`from=start&${query}`)).map((event) => (event as { type: string }).type))
    expect(await types('channels=calls')).toEqual(new Set(['MarginCall']))
    expect(await types('channels=parameters')).toEqual(
      new Set(['AssetRegistered', 'InstrumentListed', 'PoolParametersSet']),
    )
    expect(await types('channels=events&type=AccountOpened,MarginCall')).toEqual(
      new Set(['AccountOpened', 'MarginCall']),
    )
    const both = await hearAll('from=start&channels=calls,events')
    expect(dataOf(both)).toEqual(await stored())
    expect(
      both.find(({ data }) => (data.data as { type?: string } | undefined)?.type === 'MarginCall')?.data.channel,
    ).toBe('calls')
    const carol = await hearAll('from=start&account=carol')
    expect(dataOf(carol)).toEqual((await get(`${base}/accounts/carol/events`)).json().items)
  })

  it('takes a cursor where another filter was followed before', async () => {
    const [first] = await hearAll('from=start&channels=calls')
    const rest = await hearAll('channels=events', { 'last-event-id': first?.id ?? '' })
    expect(dataOf(rest)).toEqual((await stored()).slice((first?.data.revision ?? 0) + 1))
  })

  it('goes on after the last id that came whole, wherever `from` says to begin', async () => {
    for (const from of ['start', '1', 'end', '@2020-03-12T10:00:01Z']) {
      const [first] = dataOf(await hearAll(`from=${from}`, { 'last-event-id': '4' })) as { revision: number }[]
      expect([from, first?.revision]).toEqual([from, 5])
    }
  })

  it('begins at the end, at a revision, at a time, as reading does', async () => {
    for (const from of ['end', '3', '@2020-03-12T10:00:05Z']) {
      const told = dataOf(await hearAll(`from=${from}`))
      const { items } = (await get(`${base}/events?from=${from}&limit=1000`)).json()
      expect(told).toEqual(items)
    }
  })

  it('says that who asks must begin anew where his cursor is of another history', async () => {
    const heard: Told[] = []
    const ended = await listen(`${base}/feed`, { 'last-event-id': '3.000000000000' }, (told) => {
      heard.push(told)
      return false
    })
    expect(ended).toBe('ended')
    expect(heard).toEqual([{ id: undefined, data: { kind: 'resync', why: expect.stringContaining('event 3') } }])
  })

  it('takes the end of one gateway at another that is a little behind, and not what lies beyond the end', async () => {
    const heard: Told[] = []
    await listen(`${base}/feed`, { 'last-event-id': String(house.book.revision + 1_000) }, (told) => {
      heard.push(told)
      return false
    })
    expect(heard[0]?.data).toMatchObject({ kind: 'resync', why: expect.stringContaining('beyond the end') })
  })

  it('says that who names a revision beyond the end must begin anew, and begins with what is next at the end', async () => {
    const first = async (from: number): Promise<Told> => {
      const heard: Told[] = []
      await listen(`${base}/feed?from=${from}`, {}, (told) => heard.push(told) > 0)
      return heard[0] as Told
    }
    expect((await first(house.book.revision + 1)).data.kind).toBe('caught-up')
    expect((await first(house.book.revision + 2)).data).toMatchObject({
      kind: 'resync',
      why: expect.stringContaining('beyond the end'),
    })
  })

  it('is not delayed by who does not read', async () => {
    const { port } = new URL(base)
    const { connect } = await import('node:net')
    const deaf = connect(Number(port), '127.0.0.1')
    deaf.write(`GET ${new URL(base).pathname}/feed?from=start HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    deaf.pause()
    const before = house.book.revision
    const heard: Told[] = []
    const done = listen(`${base}/feed?from=${before + 1}`, {}, (told) => {
      heard.push(told)
      return told.data.kind === 'event' && told.data.revision === before + 1
    })
    await house.happen(tick('4300'))
    expect(await done).toBe('enough')
    deaf.destroy()
  })

  it.each([
    ['channels=nothing', 400],
    ['channels=events,events', 400],
    ['channels=calls&type=MarginCall', 400],
    ['from=-1', 400],
    ['limit=5', 400],
  ])('of %s is refused', async (query, status) => expect((await get(`${base}/feed?${query}`)).status).toBe(status))

  it('after what is no cursor is refused', async () =>
    expect((await get(`${base}/feed`, { 'last-event-id': 'x' })).json()).toMatchObject({ code: 'bad-position' }))
})

describe('a feed under a token', () => {
  it('ends within seconds of its revocation, and is one of ten', async () => {
    const { token, entry } = newToken(Buffer.alloc(32, 1), { actor: 'auditor' })
    let entries: readonly TokenEntry[] = [entry]
    const url = `${await house.serve({ tokens: async () => entries })}/main`
    const headers = { authorization: `Bearer ${token}` }
    const kinds: string[] = []
    const feeds = Array.from({ length: 10 }, () =>
      listen(`${url}/feed`, headers, ({ data }) => {
        kinds.push(data.kind)
        return false
      }),
    )
    while (kinds.filter((kind) => kind === 'caught-up').length < 10) await get(url, headers)
    expect((await get(`${url}/feed`, headers)).json()).toMatchObject({ code: 'too-many' })
    entries = []
    expect(new Set(await Promise.all(feeds))).toEqual(new Set(['ended']))
    expect(kinds.filter((kind) => kind === 'closed')).toHaveLength(10)
  })

  it('ends, within fifteen seconds, when it has run out in the middle of it', async () => {
    const scheduler = hurried(10)
    const runsOut = scheduler.now() + 20_000
    const { token, entry } = newToken(Buffer.alloc(32, 4), {
      actor: 'auditor',
      expires: new Date(runsOut).toISOString(),
    })
    const url = `${await house.serve({ tokens: async () => [entry], scheduler })}/main`
    const kinds: string[] = []
    const ended = await listen(`${url}/feed`, { authorization: `Bearer ${token}` }, ({ data }) => {
      kinds.push(data.kind)
      return false
    })
    expect([ended, kinds.at(-1)]).toEqual(['ended', 'closed'])
    expect(kinds).toContain('caught-up')
    expect(scheduler.now() - runsOut).toBeGreaterThanOrEqual(0)
    expect(scheduler.now() - runsOut).toBeLessThanOrEqual(15_000)
  })

  it('of a trader tells what is about his account and names nobody else, and how it stands', async () => {
    const { token, entry } = newToken(Buffer.alloc(32, 2), { actor: 'trader:bob' })
    const url = `${await house.serve({ tokens: async () => [entry] })}/main`
    const headers = { authorization: `Bearer ${token}` }
    const heard: Told[] = []
    const channels = 'events,calls,liquidations,losses,parameters,rejections,accounts/bob,summary,auctions,waterfall'
    await listen(`${url}/feed?channels=${channels}&from=start`, headers, (told) => {
      heard.push(told)
      return told.data.kind === 'caught-up'
    })
    const about = (await stored()).filter((event) => JSON.stringify(event).includes('bob')) as { revision: number }[]
    const told = dataOf(heard) as { revision: number; type: string; cut?: boolean }[]
    const own = told.filter(({ type }) => !/Registered|Listed|Set$/.test(type))
    expect(own.map(({ revision }) => revision)).toEqual(about.map(({ revision }) => revision))
    expect(own.every(({ cut }) => cut === true)).toBe(true)
    expect(JSON.stringify(heard)).not.toMatch(/alice|carol|"hash"/)
    const account = heard.find(({ data }) => data.channel === 'accounts/bob')
    expect(account?.data.data).toEqual((await get(`${base}/accounts/bob?at=${account?.data.revision}`)).json())
    for (const other of ['accounts/alice', 'accounts/zoe', 'events&account=alice'])
      expect((await get(`${url}/feed?channels=${other}`, headers)).json()).toMatchObject({ code: 'not-found' })
  })
})
