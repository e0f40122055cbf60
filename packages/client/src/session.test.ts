import { connect } from './connect'
import { openMarket } from './kit/house'
import { here } from './world'

type Market = Awaited<ReturnType<typeof openMarket>>
let open: Market
beforeAll(async () => {
  open = await openMarket()
})
afterAll(() => open.house.close())

describe('a session', () => {
  it('says who asks', async () =>
    expect(await connect({ url: open.url }).session()).toEqual({
      id: 'anybody',
      sees: 'pool',
      jobs: true,
      sends: 'named',
      commands: expect.arrayContaining(['Deposit', 'SetPoolParameters']),
    }))

  it('is begun with a token that goes along once, and ended', async () => {
    const kept: (string | null)[] = []
    const sent: unknown[] = []
    const fetching: typeof here.fetch = async (url, init) => {
      const answer = await here.fetch(url, init)
      sent.push((init.headers as Record<string, string>).authorization)
      kept.push(answer.headers.get('set-cookie'))
      return answer
    }
    const { signIn, signOut, session } = connect({ url: open.url, world: { ...here, fetch: fetching } })
    await signIn('a-token')
    await session()
    await signOut()
    expect(sent).toEqual(['Bearer a-token', undefined, undefined])
    expect(kept).toEqual([
      'novation=a-token; Path=/; HttpOnly; SameSite=Strict',
      null,
      expect.stringContaining('Max-Age=0'),
    ])
  })
})
