import { adoptedLines, runSigned } from '../test-signed'
import { calm, crash, foldOf, type Line, runLines, services, storedOf } from '../test-world'
import { type Overrides, readOverrides } from './overrides'
import { BadOverrides, type WhatIfOptions, whatIf } from './what-if'

const events = runLines(crash)
const ledger = storedOf(events)
const overridesOf = (json: unknown): Overrides => {
  const read = readOverrides(json)
  if (read._tag === 'Left') throw new Error(read.left.join('; '))
  return read.right
}
const tried = async (json: unknown, more: Partial<WhatIfOptions> = {}, history = ledger) => {
  const found = await whatIf(history, {
    pool: 'main',
    overrides: overridesOf(json),
    reactors: services,
    maxSettle: 1000,
    ...more,
  })
  if (found === undefined) throw new Error('interrupted')
  return found
}
const gentle = { 'BTC-PERP': { margin: { model: 'tiered', tiers: [{ initial: '0.02', maintenance: '0.01' }] } } }
const strict = { 'BTC-PERP': { margin: { model: 'tiered', tiers: [{ initial: '0.16', maintenance: '0.15' }] } } }

/** An hour in which the market stands still, and is open. */
const hourLater: readonly Line[] = Array.from({ length: 37 }, (_, i) => [
  100 + i * 100,
  'PublishPrice',
  { instrument: 'BTC-PERP', price: '920' },
  'oracle',
])

describe('what if the parameters had been others', () => {
  it('comes to the very ledger where nothing is changed and the services had reacted at once', async () => {
    const { recorded, new: other, sameAsLedger, refused } = await tried({})
    expect(sameAsLedger).toBe(true)
    expect(other).toEqual(recorded)
    expect(refused.count).toBe(0)
    expect(recorded).toMatchObject({
      called: ['alice'],
      liquidated: ['alice'],
      deleveraged: ['bob'],
      events: ledger.length,
    })
  })

  it('says what each layer paid, as the ledger has it', async () => {
    const { losses } = foldOf(events)
    expect((await tried({})).recorded.losses).toMatchObject({
      insurance: String(losses.insurance),
      skinInTheGame: String(losses.skinInTheGame),
      uncovered: '0',
    })
  })

  it('says for how long the pool was frozen, from the fall to 780 until everything was paid', async () => {
    expect((await tried({})).recorded.frozen_s).toBe(600)
    // A history that is read up to the middle of it begins with the state before, frozen since the fall.
    const middle = events.find(({ type, at }) => type === 'PriceTick' && at === '2020-03-12T10:02:00.000Z')
    const place = { tag: 'revision', revision: middle?.revision ?? 0 } as const
    expect((await tried({}, { from: place })).recorded.frozen_s).toBe(600)
  })

  it('names whose call was not met in time', async () => {
    const late = storedOf(
      runLines([...calm, [20, 'PublishPrice', { instrument: 'BTC-PERP', price: '920' }, 'oracle'], ...hourLater]),
    )
    const { recorded, new: other } = await tried({ pool: { callPeriod_s: 7200 } }, {}, late)
    expect([recorded.called, recorded.missed]).toEqual([['alice'], ['alice']])
    expect([other.called, other.missed]).toEqual([['alice'], []])
  })

  it('liquidates earlier and loses less under a higher maintenance margin', async () => {
    const { recorded, new: other } = await tried({ instruments: strict })
    expect(other.liquidated).toEqual(['alice'])
    expect(Number(other.losses.insurance) + Number(other.losses.socialized)).toBeLessThan(
      Number(recorded.losses.insurance) + Number(recorded.losses.socialized),
    )
  })

  it('counts and lists the commands that the new history refuses', async () => {
    const { refused } = await tried({ instruments: gentle })
    expect(refused.count).toBe(1)
    expect(refused.commands).toEqual([
      expect.objectContaining({ type: 'BidLiquidation', actor: 'keeper:kim', code: 'unknown-liquidation' }),
    ])
  })

  it('lays the parameters of the pool over every recorded change of them', async () => {
    const { recorded, new: other } = await tried({ pool: { waterfall: { skinInTheGame: '0' } } })
    expect(recorded.losses.skinInTheGame).toBe('100')
    expect(other.losses.insurance).toBe('502.56')
  })

  it('lets history stand up to where it begins', async () => {
    const place = events.findIndex(({ type, data }) => type === 'PriceTick' && data.price === '890')
    const {
      from,
      recorded,
      new: other,
      commands,
    } = await tried({ instruments: strict }, { from: { tag: 'revision', revision: place } })
    expect(from).toBe(place)
    expect(recorded.called).toEqual([])
    expect(other.liquidated).toEqual(['alice'])
    expect(commands).toBeLessThan(15)
  })

  it('answers nothing where it is interrupted, and says where nothing was to begin with', async () => {
    await expect(tried({}, { signal: AbortSignal.abort() })).rejects.toThrow('interrupted')
    await expect(tried({}, { from: { tag: 'revision', revision: 9999 } })).rejects.toThrow(
      new RangeError('there is no event from there on'),
    )
  })

  it('ends where it is told to', async () => {
    const call = events.findIndex(({ type }) => type === 'MarginCall')
    const { to, recorded } = await tried({}, { to: { tag: 'revision', revision: call } })
    expect(to).toBe(call)
    expect(recorded).toMatchObject({ called: ['alice'], liquidated: [] })
  })

  it('refuses parameters that the rules refuse, and instruments that never were', async () => {
    await expect(tried({ pool: { liquidation: { fee: '2' } } })).rejects.toThrow(BadOverrides)
    await expect(tried({ instruments: { 'ETH-PERP': {} } })).rejects.toThrow('ETH-PERP: no such instrument')
    const upsideDown = { model: 'tiered', tiers: [{ initial: '0.01', maintenance: '0.02' }] }
    await expect(tried({ instruments: { 'BTC-PERP': { margin: upsideDown } } })).rejects.toThrow(BadOverrides)
  })

  it.each([
    [{ pool: { waterfal: {} } }, 'pool'],
    [{ pols: {} }, 'pols: unknown field; there is pool, instruments'],
    [{ instruments: { X: { lot: '1' } } }, 'instruments.X.lot: unknown field'],
    [{ instruments: { X: { margin: { model: 'magic', tiers: [] } } } }, 'instruments.X.margin'],
    [[], 'expected an object'],
  ])('refuses a file that says something it does not understand: %j', (json, reason) => {
    expect(readOverrides(json)).toMatchObject({ left: expect.arrayContaining([expect.stringContaining(reason)]) })
  })
})

describe('what if the pool was signed', () => {
  const signed = storedOf(runSigned(adoptedLines))

  it('takes what was recorded as proven, and signs nothing', async () => {
    const found = await tried({ pool: { callPeriod_s: 60 } }, {}, signed)
    expect(found).toMatchObject({
      identity: 'assumed',
      commands: 8,
      refused: { count: 0 },
      newlyAccepted: { count: 0 },
    })
    expect((await tried({}, {}, signed)).sameAsLedger).toBe(true)
  })

  it('says of an open one that it is', async () => expect((await tried({})).identity).toBe('open'))
})
