import { tick } from '@novation/platform/kit'
import { get, market, openHouse } from './kit/house'
import { keepPulse } from './pulse'

describe('how the services are', () => {
  const house = openHouse()
  let base = ''
  beforeAll(async () => {
    await house.happen(...market, tick('4300'))
    base = `${await house.serve()}/main`
    void house.lead()
  })
  afterAll(() => house.close())

  const told = async () => (await get(`${base}/services?`)).json()
  const heard = async (service: string) =>
    (await told()).services.find((one: { readonly service: string }) => one.service === service)

  it('is said by what each asked last, of which the ledger decided', async () => {
    expect(await heard('margin')).toEqual({ service: 'margin', commands: 0 })
    await house.happen(['CallMargin', { account: 'alice' }, 'margin'], tick('4100'))
    const { revision } = house.book
    expect((await get(`${base}?atLeast=${revision}`)).status).toBe(200)
    expect(await heard('margin')).toEqual({
      service: 'margin',
      commands: 1,
      last: { revision: revision - 1, at: expect.any(String), type: 'CallMargin' },
    })
    expect((await told()).services.map(({ service }: { readonly service: string }) => service)).toEqual([
      'margin',
      'liquidator',
      'insurance',
      'clock',
    ])
    expect(await told()).toMatchObject({ revision, from: expect.any(Number), deadLetters: [] })
  })

  it('is said by what was turned away at the door of the ledger, too', async () => {
    await house.happen(['SetPoolParameters', { idempotency_s: 10 }])
    const late = { id: 'l', type: 'Deposit', actor: 'venue', at: '2020-03-12T09:00:00Z' }
    const answer = await fetch(`${base}/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'wait=10' },
      body: JSON.stringify({ ...late, data: { account: 'bob', asset: 'USD', amount: '1' } }),
    })
    expect(answer.status).toBe(409)
    expect((await told()).deadLetters).toEqual([{ code: 'too-old', count: 1, heardAt: expect.any(String) }])
  })

  it('keeps no more reasons than there can be, whoever writes onto the bus', () => {
    const pulse = keepPulse(() => 0)
    for (let i = 0; i < 1_000; i += 1) pulse.buried({ headers: { dead_reason: `r-${i}` } })
    expect(pulse.letters()).toHaveLength(50)
  })
})
