import { openSocket, tick } from '@novation/platform/kit'
import { connect } from './connect'
import type { Said } from './conversation'
import { deaths, dice, dyingLine } from './kit/dying-line'
import { openMarket } from './kit/house'
import type { OpenSocket } from './socket'

let open: Awaited<ReturnType<typeof openMarket>>
beforeAll(async () => {
  open = await openMarket()
})
afterAll(() => open.house.close())
jest.setTimeout(900_000)

/** Node 20 has no WebSocket of its own. */
const socket: OpenSocket = (url) => openSocket(url).raw() as unknown as ReturnType<OpenSocket>
const patience = { first_ms: 2, most_ms: 10 }

const stored = async (): Promise<readonly unknown[]> => {
  const events: unknown[] = []
  for await (const event of open.pool.list('events', { limit: 1000 })) events.push(event)
  return events
}

describe('a conversation', () => {
  it('tells the very events of the ledger, in order, none twice, and how something stands, however often its socket dies', async () => {
    const roll = dice(5)
    let growing: Promise<unknown> = Promise.resolve()
    const line = await dyingLine(
      Number(new URL(open.url).port),
      deaths,
      () => 1 + roll(2_500),
      () => {
        growing = growing.then(() => open.house.happen(...[1, 2, 3, 4].map((n) => tick(String(4_000 + n + roll(50))))))
      },
    )
    const talk = connect({ url: `http://127.0.0.1:${line.port}`, patience, socket }).converse()
    const events: unknown[] = []
    const states: Said[] = []
    talk.subscribe('main/accounts/bob', {}, (said) => void states.push(said))
    await new Promise<void>((resolve) =>
      talk.subscribe('main/events', { from: 'start' }, (said) => {
        if (said.kind === 'event') events.push(said.data)
        const isThere = 'revision' in said && said.revision === open.house.book.revision
        if (line.left() <= 0 && isThere) void growing.then(() => resolve())
      }),
    )
    talk.close()
    await talk.ended
    line.close()
    expect(events).toEqual(await stored())
    expect(states[0]).toMatchObject({ kind: 'snapshot', data: { account: 'bob' } })
  })

  it('takes other events from where it was when it is asked again, and lets go of a channel', async () => {
    const talk = connect({ url: open.url, patience, socket }).converse()
    const types: string[] = []
    const hearing = (resolve: () => void, enough: number) => (said: Said) => {
      if (said.kind === 'event') types.push(said.data.type)
      if (types.length === enough || said.kind === 'caught-up') resolve()
    }
    const filter = { type: ['AccountOpened'] }
    await new Promise<void>((resolve) => talk.subscribe('main/events', { from: 0, filter }, hearing(resolve, -1)))
    expect(new Set(types)).toEqual(new Set(['AccountOpened']))
    const before = types.length
    const more = new Promise<void>((resolve) =>
      talk.subscribe('main/events', { filter: { type: ['CollateralDeposited'] } }, hearing(resolve, before + 1)),
    )
    await open.house.happen(['Deposit', { account: 'bob', asset: 'USD', amount: '1' }, 'venue'])
    await more
    expect(types.slice(before)).not.toContain('AccountOpened')
    talk.unsubscribe('main/events')
    talk.close()
    await talk.ended
  })

  it('says what cannot be followed, and that history is another one', async () => {
    const talk = connect({ url: open.url, patience, socket }).converse()
    const first = (channel: string, options = {}) =>
      new Promise<Said>((resolve) => talk.subscribe(channel, options, resolve))
    expect(await first('main/nothing')).toMatchObject({ kind: 'refused', code: 'malformed' })
    expect(await first('other/events')).toMatchObject({ kind: 'refused', code: 'unknown-pool' })
    expect(await first('main/calls', { cursor: '1.000000000000' })).toMatchObject({ kind: 'resync' })
    talk.close()
    await talk.ended
  })

  it('needs a WebSocket from somewhere', async () => {
    const talk = connect({
      url: open.url,
      socket: () => {
        throw new Error('there is none')
      },
    }).converse()
    await expect(talk.ended).rejects.toThrow('there is none')
  })
})
