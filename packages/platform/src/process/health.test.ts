import { openHealth } from './health'

const opened = () => {
  let now = 0
  const scheduler = { now: () => now, sleep: async () => undefined }
  const health = openHealth(['margin', 'relay'], ['margin', 'ledger'], 30_000, scheduler)
  const after = (ms: number): void => {
    now += ms
  }
  const alive = (): readonly string[] =>
    health
      .live()
      .filter(({ ok }) => ok)
      .map(({ name }) => name)
  return { health, after, alive }
}

describe('whether a process lives', () => {
  it('is whether each consumer did something lately, itself and no other', () => {
    const { health, after, alive } = opened()
    after(30_000)
    expect(alive()).toEqual(['margin', 'relay'])
    health.active('relay')
    after(1)
    expect(alive()).toEqual(['relay'])
    expect(health.live()[0]).toEqual({ name: 'margin', ok: false, detail: 'last active 30.0 s ago' })
    expect(health.idle()).toEqual(
      new Map([
        ['margin', 30.001],
        ['relay', 0.001],
      ]),
    )
  })

  it('is not asked while the store is away, nor held against anybody when it is back', () => {
    const { health, after, alive } = opened()
    health.store({ why: 'away', since: 0, reason: 'no answer' })
    after(3_600_000)
    expect(alive()).toEqual(['margin', 'relay'])
    health.store(undefined)
    after(30_000)
    expect(alive()).toEqual(['margin', 'relay'])
    after(1)
    expect(alive()).toEqual([])
  })

  it('is not made good by a store that was there all the time', () => {
    const { health, after, alive } = opened()
    after(30_001)
    health.store(undefined)
    expect(alive()).toEqual([])
  })
})

describe('whether a process is ready', () => {
  it('is whether the store is there, and all that was to catch up has done so', () => {
    const { health } = opened()
    health.ready('margin')
    expect(health.readiness()).toEqual([
      { name: 'store', ok: true, detail: 'there' },
      { name: 'margin', ok: true, detail: 'caught up' },
      { name: 'ledger', ok: false, detail: 'still reading history' },
    ])
  })

  it('says since when the store is not there, and why, and for how long by why', () => {
    const { health, after } = opened()
    const since = { since: 0, reason: 'as the test wants it' }
    after(2_500)
    expect(health.without()).toEqual({ away: 0, forbidden: 0 })
    health.store({ why: 'away', ...since })
    expect(health.readiness()[0]).toEqual({
      name: 'store',
      ok: false,
      detail: 'store away since 1970-01-01T00:00:00.000Z: as the test wants it',
    })
    expect(health.without()).toEqual({ away: 2.5, forbidden: 0 })
    health.store({ why: 'forbidden', ...since })
    expect(health.readiness()[0]?.detail).toMatch(/^store does not let this user in since /)
    expect(health.without()).toEqual({ away: 0, forbidden: 2.5 })
  })
})
