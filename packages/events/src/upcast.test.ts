import fc from 'fast-check'
import { genesis } from './digest'
import { canonicalJson } from './json'
import { decodeEvent, linkHash } from './stored'
import { commandOfToday, currentVersion, type Upcasters, upcast } from './upcast'

/** As if the first schema had called the account `client`, and the second had given the amount in cents. */
const casts: Upcasters = {
  CollateralDeposited: [
    ({ client, ...data }) => ({ ...data, account: client }),
    ({ cents, ...data }) => ({ ...data, amount: (Number(cents) / 100).toFixed(2) }),
  ],
}
const versions = [
  { client: 'alice', asset: 'USD', cents: 1250 },
  { account: 'alice', asset: 'USD', cents: 1250 },
  { account: 'alice', asset: 'USD', amount: '12.50' },
]

const storedAs = (version: number, data: object) => {
  const body = canonicalJson({
    type: 'CollateralDeposited',
    pool: 'main',
    revision: 0,
    at: '2020-03-12T10:00:00.000Z',
    data,
    postings: [],
    metadata: {
      commandId: 'c-1',
      correlationId: 'c-1',
      causationId: 'c-1',
      actor: 'venue',
      version,
      decider: 1,
      previousHash: genesis,
    },
  })
  return { id: 'x', type: 'CollateralDeposited', revision: 0, hash: linkHash(genesis, body), body }
}

describe('an older event', () => {
  it.each([1, 2, 3])('of version %i is brought up step by step', (version) =>
    expect(decodeEvent(storedAs(version, versions[version - 1] ?? {}), casts)).toMatchObject({
      right: { data: versions[2], metadata: { version } },
    }),
  )

  it('keeps the hash of what was stored', () => {
    const stored = storedAs(1, versions[0] ?? {})
    expect(decodeEvent(stored, casts)).toMatchObject({ right: { metadata: { hash: stored.hash } } })
  })

  it('that its steps cannot read is refused, not thrown', () => {
    const broken: Upcasters = { CollateralDeposited: [(data) => ({ account: (data.client as { name: string }).name })] }
    expect(decodeEvent(storedAs(1, {}), broken)).toEqual({
      _tag: 'Left',
      left: 'event 0 (CollateralDeposited): data of schema version 1 that cannot be brought up to version 2',
    })
  })

  it('is checked against the schema of today once it is there', () =>
    expect(decodeEvent(storedAs(1, { client: 'a/b', asset: 'USD', cents: 1 }), casts)).toMatchObject({
      left: expect.stringContaining('data.account: expected'),
    }))
})

describe('a version', () => {
  it('of the future is refused, and so is one before the first', () => {
    expect(upcast(casts, 'CollateralDeposited', 4, {})).toEqual({
      _tag: 'Left',
      left: 'schema version 4, but this program knows 1 to 3',
    })
    expect(upcast(casts, 'CollateralDeposited', 0, {})._tag).toBe('Left')
    expect(upcast(casts, 'PriceTick', 2, {})._tag).toBe('Left')
  })

  it('is one more than the steps that lead to it', () => {
    expect(currentVersion('CollateralDeposited', casts)).toBe(3)
    expect(currentVersion('PriceTick', casts)).toBe(1)
  })

  it('brought up in two stages is as good as in one', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 1, maxLength: 6 }), fc.nat(), (adds, start) => {
        const steps = adds.map((n) => ({ value }: { value?: unknown }) => ({ value: Number(value) * 10 + n }))
        const from = start % (steps.length + 1)
        const whole = upcast({ PriceTick: steps }, 'PriceTick', 1, { value: 0 })
        const half = steps.slice(0, from).reduce((data, step) => step(data), { value: 0 })
        expect(upcast({ PriceTick: steps }, 'PriceTick', from + 1, half)).toEqual(whole)
      }),
    ))
})

describe('a command of an older edition', () => {
  it('is asked again without what no rule knows any more', () => {
    const data = { callPeriod_s: 60, waterfall: { insuranceCap: '5', skinInTheGame: '1' } }
    expect(commandOfToday({ type: 'SetPoolParameters', data })).toEqual({
      type: 'SetPoolParameters',
      data: { callPeriod_s: 60, waterfall: { skinInTheGame: '1' } },
    })
    const auction = { fastSeconds: 5, backstopSeconds: 1 }
    for (const type of ['SetPoolParameters', 'ListInstrument'])
      expect(commandOfToday({ type, data: { liquidation: { fee: '0.01', auction } } })).toEqual({
        type,
        data: { liquidation: { fee: '0.01', auction: { fastSeconds: 5 } } },
      })
    const others = [
      { type: 'ListInstrument', data: { liquidation: { fee: '0.01' } } },
      { type: 'SetPoolParameters', data: { callPeriod_s: 60 } },
      { type: 'CoverLoss', data: {} },
    ]
    expect(others.map(commandOfToday)).toEqual(others)
  })
})
