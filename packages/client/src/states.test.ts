import { openMarket } from './kit/house'
import { changed } from './states'

let open: Awaited<ReturnType<typeof openMarket>>
beforeAll(async () => {
  open = await openMarket()
})
afterAll(() => open.house.close())

describe('how something stands', () => {
  it('is told whole, at once and each time it changes, as a read says it', async () => {
    const amounts: unknown[] = []
    for await (const { channel, data } of open.pool.states(['accounts/bob', 'system'])) {
      if (channel !== 'accounts/bob') continue
      const { USD } = Object(data?.collateral) as Readonly<Record<string, string>>
      amounts.push(USD)
      expect(data).toEqual((await open.pool.account('bob')).data)
      if (amounts.length === 3) break
      await open.house.happen(['Deposit', { account: 'bob', asset: 'USD', amount: '1' }, 'venue'])
    }
    const [first] = amounts
    expect(amounts).toEqual([first, String(Number(first) + 1), String(Number(first) + 2)])
  })

  it('loses what is gone, and keeps what has not changed', () =>
    expect(changed({ a: 1, b: { c: 2 }, d: 3 }, { a: null, d: 4 })).toEqual({ b: { c: 2 }, d: 4 }))
})
