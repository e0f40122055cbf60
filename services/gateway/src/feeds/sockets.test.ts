import { openSocket, tick } from '@novation/platform/kit'
import { newToken, type TokenEntry } from '../access/token-file'
import { cutting } from '../kit/cutting'
import { get, market, openHouse } from '../kit/house'
import { raw } from '../kit/raw'

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

interface Said {
  readonly kind: string
  readonly channel: string
  readonly cursor?: string
  readonly revision: number
  readonly previous?: number
  readonly code?: string
  readonly data: Record<string, unknown>
}

const socketOf = (url: string, headers = {}) => {
  const socket = openSocket(`${new URL(url).origin.replace('http', 'ws')}/v1/feed`, headers)
  const next = async (): Promise<Said | undefined> => {
    const text = await socket.next()
    return text === undefined ? undefined : JSON.parse(text)
  }
  /** Everything up to a message of which it is so. */
  const until = async (isSo: (said: Said) => boolean): Promise<readonly Said[]> => {
    const heard: Said[] = []
    for (let said = await next(); said !== undefined; said = await next()) {
      heard.push(said)
      if (isSo(said)) return heard
    }
    return heard
  }
  return { ...socket, next, until, op: (op: object) => socket.say(JSON.stringify(op)) }
}

/** One that is open, and is closed when the test is over. */
const opened: { readonly kill: () => void }[] = []
const open = async (url = base, headers = {}) => {
  const socket = socketOf(url, headers)
  opened.push(socket)
  await socket.opened
  return socket
}
afterEach(() => {
  for (const socket of opened.splice(0)) socket.kill()
})

const subscribe = (channel: string, more: object = {}) => ({ op: 'subscribe', channel: `main/${channel}`, ...more })
const isCaughtUp = ({ kind }: Said): boolean => kind === 'caught-up'

const stored = async (query = ''): Promise<readonly Record<string, unknown>[]> =>
  (await get(`${base}/events?limit=1000&atLeast=${house.book.revision}${query}`)).json().items

const eventsIn = (heard: readonly Said[]) => heard.filter(({ kind }) => kind === 'event')

describe('a conversation', () => {
  it('is told events in order, each with the one before it, from where it asks, without a seam', async () => {
    const socket = await open()
    socket.op(subscribe('events', { from: 'start' }))
    const [first, ...rest] = await socket.until(isCaughtUp)
    expect(first).toMatchObject({ kind: 'subscribed', channel: 'main/events', revision: -1 })
    await house.happen(tick('4200'), tick('4201'))
    const heard = eventsIn([...rest, ...(await socket.until(({ revision }) => revision === house.book.revision))])
    expect(heard.map(({ data }) => data)).toEqual(await stored())
    expect(heard.map(({ previous }) => previous)).toEqual([undefined, ...heard.slice(0, -1).map((one) => one.revision)])
  })

  it('tells the very events of the ledger, of one channel or of six, however often it is cut at whatever byte, through two gateways', async () => {
    let state = 11
    const roll = (most: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return 1 + (state % most)
    }
    const channels = ['events', 'calls', 'liquidations', 'losses', 'parameters', 'rejections']
    const heard = new Map(channels.map((channel) => [channel, [] as Said[]]))
    const cursors = new Map<string, string>()
    let most = 6_000
    const ways = await Promise.all([base, other].map((url) => cutting(Number(new URL(url).port), () => roll(most))))
    const rounds = cuts
    for (let round = 0; round <= rounds; round += 1) {
      if (round === rounds) most = Number.MAX_SAFE_INTEGER
      else await house.happen(tick(String(4200 + roll(50))))
      const socket = socketOf(`http://127.0.0.1:${ways[round % 2]?.port}`)
      // One that is cut before it has begun is over, and never opens.
      if ((await Promise.race([socket.opened, socket.ended])) !== undefined) continue
      for (const channel of channels) socket.op(subscribe(channel, { from: cursors.get(channel) ?? 'start' }))
      const caughtUp = new Set<string>()
      await socket.until((said) => {
        const channel = said.channel.replace('main/', '')
        if (said.kind === 'event') heard.get(channel)?.push(said)
        if (said.cursor !== undefined) cursors.set(channel, said.cursor)
        if (isCaughtUp(said)) caughtUp.add(channel)
        return caughtUp.size === channels.length
      })
      socket.kill()
    }
    for (const way of ways) way.close()
    const all = await stored()
    expect(heard.get('events')?.map(({ data }) => data)).toEqual(all)
    for (const [channel, types] of [
      ['calls', ['MarginCall']],
      ['parameters', ['AssetRegistered', 'InstrumentListed', 'PoolParametersSet']],
    ] as const)
      expect(heard.get(channel)?.map(({ data }) => data)).toEqual(
        all.filter(({ type }) => (types as readonly unknown[]).includes(type)),
      )
  })

  it('goes on under another filter from where it was, and says from where', async () => {
    const socket = await open()
    socket.op(subscribe('events', { from: 'start' }))
    await socket.until(isCaughtUp)
    socket.op(subscribe('events', { filter: { type: 'PriceTick' } }))
    const [again] = await socket.until(({ kind }) => kind === 'subscribed')
    expect(again?.revision).toBe(house.book.revision)
    await house.happen(['OpenAccount', { account: 'dora' }], tick('4205'))
    const heard = await socket.until(({ kind }) => kind === 'event')
    expect(heard.at(-1)?.data).toMatchObject({ type: 'PriceTick', revision: house.book.revision })
    socket.op({ op: 'unsubscribe', channel: 'main/events' })
    expect((await socket.until(({ kind }) => kind === 'unsubscribed')).at(-1)?.channel).toBe('main/events')
  })

  it('is told how things stand once, and then what changes, which together is what a read says', async () => {
    const socket = await open()
    const channels = ['summary', 'prices', 'waterfall', 'accounts/alice', 'accounts/nobody', 'system']
    for (const channel of channels) socket.op(subscribe(channel))
    const known = new Map<string, Record<string, unknown> | null>()
    const take = ({ kind, channel, data }: Said): void => {
      if (kind === 'snapshot') known.set(channel, data)
      if (kind !== 'delta') return
      const now = { ...known.get(channel), ...data }
      known.set(channel, Object.fromEntries(Object.entries(now).filter(([, value]) => value !== null)))
    }
    await socket.until((said) => {
      take(said)
      return known.size === channels.length
    })
    await house.happen(tick('4190'), ['Deposit', { account: 'alice', asset: 'USD', amount: '7' }, 'venue'])
    const heard = await socket.until((said) => {
      take(said)
      return said.kind === 'delta' && said.channel === 'main/accounts/alice' && 'principal' in said.data
    })
    const read = async (path: string) => (await get(`${base}/${path}?atLeast=${house.book.revision}`)).json()
    expect(known.get('main/accounts/alice')).toEqual(await read('accounts/alice'))
    expect(known.get('main/accounts/nobody')).toBeNull()
    expect((known.get('main/prices') as Record<string, object>)['BTC-PERP']).toMatchObject({ price: '4190' })
    expect(await read('waterfall')).toEqual(known.get('main/waterfall'))
    expect(heard.filter(({ kind }) => kind === 'snapshot')).toEqual([])
  })

  it('follows sixty-four channels, and no more', async () => {
    const socket = await open()
    for (let i = 0; i < 65; i += 1) socket.op(subscribe(`accounts/a-${i}`))
    const heard = await socket.until(({ kind }) => kind === 'refused')
    expect(heard.filter(({ kind }) => kind === 'snapshot')).toHaveLength(64)
    expect(heard.at(-1)).toMatchObject({ channel: 'main/accounts/a-64', code: 'too-many' })
  })

  it('says that who asks must begin anew where his cursor is of another history', async () => {
    const socket = await open()
    socket.op(subscribe('events', { from: '3.000000000000' }))
    expect(await socket.next()).toMatchObject({ kind: 'resync', channel: 'main/events' })
  })

  it('costs little and delays nobody where it is not read', async () => {
    const deaf = await open()
    deaf.raw().pause()
    for (let i = 0; i < 20; i += 1) deaf.op(subscribe('events', { from: 'start' }))
    const socket = await open()
    socket.op(subscribe('events'))
    await socket.until(isCaughtUp)
    await house.happen(tick('4300'))
    expect((await socket.until(({ kind }) => kind === 'event')).at(-1)?.revision).toBe(house.book.revision)
  })

  it.each([
    ['what is not JSON', 'x', 'malformed'],
    ['a list', '[]', 'malformed'],
    ['another op', '{"op":"dance","channel":"main/events"}', 'malformed'],
    ['a field that is not known', '{"op":"subscribe","channel":"main/events","form":"start"}', 'malformed'],
    ['no channel', '{"op":"subscribe"}', 'malformed'],
    ['an unknown channel', '{"op":"subscribe","channel":"main/nothing"}', 'malformed'],
    ['an unknown pool', '{"op":"subscribe","channel":"other/events"}', 'unknown-pool'],
    [
      'a filter where there is none',
      '{"op":"subscribe","channel":"main/calls","filter":{"type":"MarginCall"}}',
      'malformed',
    ],
    ['a beginning where there is none', '{"op":"subscribe","channel":"main/summary","from":"start"}', 'malformed'],
    ['no position', '{"op":"subscribe","channel":"main/events","from":"-1"}', 'bad-position'],
    ['the end of nothing', '{"op":"unsubscribe","channel":"main/events"}', 'malformed'],
  ])('is told what is wrong with %s, and goes on', async (_, text, code) => {
    const socket = await open()
    socket.say(text)
    expect(await socket.next()).toMatchObject({ kind: 'refused', code })
    socket.op(subscribe('summary'))
    expect(await socket.next()).toMatchObject({ kind: 'subscribed' })
  })

  it('ends where a frame is no text, or too large', async () => {
    const [binary, large] = [await open(), await open()]
    binary.say(Buffer.from('{}'))
    large.say('x'.repeat(5_000))
    expect((await binary.ended).code).toBe(1003)
    expect((await large.ended).code).toBe(1009)
  })
})

describe('who may converse', () => {
  const { token, entry } = newToken(Buffer.alloc(32, 3), { actor: 'trader:bob' })
  let entries: readonly TokenEntry[] = [entry]
  let guarded = ''
  beforeAll(async () => {
    guarded = await house.serve({ tokens: async () => entries })
  })

  it.each([
    ['without a token', {}, 401],
    ['from a page of another site', { authorization: `Bearer ${token}`, origin: 'https://evil.example' }, 403],
    ['under a foreign name', { authorization: `Bearer ${token}`, host: 'evil.example' }, 403],
  ])('nobody %s', async (_, headers, status) =>
    expect(await socketOf(guarded, headers).ended).toMatchObject({ status }),
  )

  it('whose handshake fails keeps no place from others', async () => {
    const broken = `GET /v1/feed HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n\r\n`
    for (let i = 0; i < 12; i += 1) expect(await raw(Number(new URL(guarded).port), broken)).toMatch(/^HTTP\/1.1 400 /)
    const socket = await open(guarded, { authorization: `Bearer ${token}` })
    socket.op(subscribe('summary'))
    expect(await socket.next()).toMatchObject({ kind: 'subscribed' })
  })

  it('a trader, about his own; and until his token ends', async () => {
    const socket = await open(guarded, { authorization: `Bearer ${token}` })
    socket.op(subscribe('accounts/alice'))
    expect(await socket.next()).toMatchObject({ kind: 'refused', code: 'not-found' })
    socket.op(subscribe('events', { from: 'start' }))
    const heard = await socket.until(isCaughtUp)
    expect(eventsIn(heard).length).toBeGreaterThan(0)
    expect(JSON.stringify(heard)).not.toMatch(/alice|carol/)
    entries = []
    expect((await socket.ended).code).toBe(4401)
  })
})
