import { tick } from '@novation/platform/kit'
import { verifyChain } from './chain'
import type { Message, SeenEvent } from './generated/api'
import { deaths, dice } from './kit/dying-line'
import { openMarket } from './kit/house'
import { Problem } from './problem'
import { here, type World } from './world'

/** The first so many bytes of what is said; then the connection is gone. */
const cut = (body: ReadableStream<Uint8Array>, bytes: number): ReadableStream<Uint8Array> => {
  let left = bytes
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, out) => {
        out.enqueue(chunk.subarray(0, left))
        left -= chunk.length
        if (left <= 0) out.error(new Error('gone'))
      },
    }),
  )
}

const roll = dice(11)
let kills = 0
const killing: Partial<World> = {
  fetch: async (url, init) => {
    const response = await here.fetch(url, init)
    if (kills === 0 || response.body === null || !url.includes('/feed')) return response
    kills -= 1
    await open.house.happen(tick(String(4_000 + roll(50))), tick(String(4_000 + roll(50))))
    if (roll(5) === 0) throw new TypeError('fetch failed')
    const { status, headers } = response
    return new Response(cut(response.body, 1 + roll(4_000)), { status, headers })
  },
}

let open: Awaited<ReturnType<typeof openMarket>>
beforeAll(async () => {
  open = await openMarket(killing)
})
afterAll(() => open.house.close())
jest.setTimeout(900_000)

const eventsIn = (messages: readonly Message[]): readonly SeenEvent[] =>
  messages.flatMap((message) => (message.kind === 'event' ? [message.data] : []))

describe('following', () => {
  it('tells the very events of the ledger, in order, none twice, however often the connection dies at whatever byte', async () => {
    kills = deaths
    const heard: Message[] = []
    for await (const message of open.pool.follow('events', { from: 'start' })) {
      heard.push(message)
      if (kills === 0 && message.kind === 'caught-up' && message.revision === open.house.book.revision) break
    }
    const stored: SeenEvent[] = []
    for await (const event of open.pool.list('events', { limit: 1000 })) stored.push(event)
    expect(eventsIn(heard)).toEqual(stored)
  })

  it('goes on where a cursor was kept', async () => {
    let kept: string | undefined
    const first: Message[] = []
    for await (const message of open.pool.follow(['calls', 'parameters'], {
      from: 'start',
      reached: (cursor) => {
        kept = cursor
      },
    })) {
      first.push(message)
      if (first.length === 2) break
    }
    const rest: Message[] = []
    for await (const message of open.pool.follow(['calls', 'parameters'], kept === undefined ? {} : { cursor: kept })) {
      rest.push(message)
      if (message.kind === 'caught-up') break
    }
    // The second was told, and who heard it did not ask for more: he may not be done with it.
    expect(eventsIn(rest)[0]).toEqual(eventsIn(first)[1])
    expect(eventsIn([...first.slice(0, 1), ...rest]).map(({ type }) => type)).toEqual([
      'AssetRegistered',
      'InstrumentListed',
      'PoolParametersSet',
      'MarginCall',
    ])
  })

  it('ends with resync where history is another one', async () => {
    const heard: Message[] = []
    for await (const message of open.pool.follow('events', { cursor: '3.000000000000' })) heard.push(message)
    expect(heard.map(({ kind }) => kind)).toEqual(['resync'])
  })

  it('rejects where asking again would not help', async () => {
    const bad = open.pool.follow('calls', { type: ['PriceTick'] }).next()
    await expect(bad).rejects.toBeInstanceOf(Problem)
    await expect(bad).rejects.toMatchObject({ code: 'malformed' })
  })

  it('ends when it is told to', async () => {
    const stop = new AbortController()
    const heard: Message[] = []
    for await (const message of open.pool.follow('events', { signal: stop.signal })) {
      heard.push(message)
      if (message.kind === 'caught-up') stop.abort()
    }
    expect(heard.at(-1)?.kind).toBe('caught-up')
  })
})

describe('a chain', () => {
  const history = async (): Promise<SeenEvent[]> => {
    const events: SeenEvent[] = []
    for await (const event of open.pool.list('events', { limit: 1000 })) events.push(event)
    return events
  }

  it('is sound from its beginning, and from any link on', async () => {
    const events = await history()
    const last = { revision: open.house.book.revision, hash: open.house.book.head }
    expect(await verifyChain(open.pool.list('events', {}))).toEqual({ sound: true, events: events.length, last })
    const [first, ...rest] = events
    const after = { revision: 0, hash: first !== undefined && 'metadata' in first ? first.metadata.hash : '' }
    expect(await verifyChain(rest, { after })).toEqual({ sound: true, events: events.length - 1, last })
  })

  it.each<[string, number, (events: SeenEvent[]) => void]>([
    ['one letter of a name', 2, (events) => void Object.assign(events[2] ?? {}, { pool: 'mair' })],
    ['an event that is left out', 4, (events) => void events.splice(4, 1)],
    ['two that changed places', 5, (events) => void events.splice(5, 2, ...events.slice(5, 7).reverse())],
    [
      'a posting that is larger',
      3,
      (events) => {
        const [event] = events.slice(3)
        const [posting] = event?.postings ?? []
        if (posting !== undefined) Object.assign(posting, { amount: '7' })
        else Object.assign(event?.data ?? {}, { decimals: 7, amount: '7', account: 'mallory' })
      },
    ],
  ])('shows %s, and where', async (_, revision, alter) => {
    const events = await history()
    alter(events)
    expect(await verifyChain(events)).toMatchObject({ sound: false, revision })
  })
})
