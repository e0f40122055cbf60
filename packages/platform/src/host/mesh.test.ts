import { emptyPool, stateHash } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import { hostReactor } from './hosted'
import { begins, lastingPrices, market, price, type Sent, sendAll, told, trade, wish, wornOut_s } from './kit/market'
import { caller, coverer, starter } from './kit/services'
import { advance, NeverSettles, passUntil, recovery, startMesh } from './mesh'
import { ask, type Reactor } from './reactor'

const meshOf = (...reactors: readonly (typeof caller)[]) =>
  startMesh(
    emptyPool('main'),
    reactors.map((reactor) => hostReactor(reactor, 'main')),
  )

const leveraged = [...market({ alice: '100', bob: '100000' }), trade('alice', 'bob', '10')]

describe('a mesh', () => {
  it('feeds each event to the reactors in their order, and decides what they ask in that order', () => {
    const crash = [...leveraged, price('94', 1)]
    expect(told(sendAll(meshOf(caller, starter), crash).events).slice(-2)).toEqual([
      'MarginCall alice',
      'LiquidationStarted alice',
    ])
    expect(told(sendAll(meshOf(starter, caller), crash).events).slice(-2)).toEqual([
      'LiquidationStarted alice',
      'MarginCall alice',
    ])
  })

  it('decides what is asked at ledger time, and before the next line', () => {
    const { events } = sendAll(meshOf(caller), [...leveraged, price('97', 7), price('97', 8)])
    const call = events.find(({ type }) => type === 'MarginCall')
    expect(call?.at).toBe('2020-03-12T10:00:07.000Z')
    expect(events.at(-1)?.type).toBe('PriceTick')
  })

  it('lets each due time come before a later line, in order', () => {
    const { events } = sendAll(meshOf(caller, starter), [
      lastingPrices,
      ...leveraged,
      price('94', 0),
      price('94', 10_000),
    ])
    expect(told(events).slice(-4)).toEqual([
      'TimePassed clock',
      'TimePassed clock',
      'MarginCallMissed alice',
      'PriceTick operator',
    ])
    expect(events.filter(({ type }) => type === 'TimePassed').map(({ at }) => at)).toEqual([
      '2020-03-12T10:35:00.000Z',
      '2020-03-12T11:00:00.000Z',
    ])
  })

  it('lets time stand still after the last line, unless it is told to let it pass', () => {
    const { mesh } = sendAll(meshOf(caller), [lastingPrices, ...leveraged, price('97', 1)])
    expect(passUntil(mesh, begins + 3_600_999, 10).events).toEqual([])
    expect(told(passUntil(mesh, begins + 3_601_000, 10).events)).toEqual(['TimePassed clock', 'MarginCallMissed alice'])
  })

  it('says who keeps asking where two rules chase each other', () => {
    const chaser: Reactor<number> = {
      name: 'insurance',
      initial: () => 0,
      evolve: (count) => count + 1,
      due: (count) => [ask('CoverLoss', {}, `x${count}`)],
    }
    const { command, at } = wish('RegisterAsset', { asset: 'USD', decimals: 2, settlement: true })
    const chased = () => advance(startMesh(emptyPool('main'), [hostReactor(chaser, 'main')]), command, at, 50)
    expect(chased).toThrow(NeverSettles)
    expect(chased).toThrow('insurance keeps asking')
  })

  it('answers a command twice, and does it once', () => {
    const { mesh } = sendAll(meshOf(), leveraged)
    const { command, at } = wish('Deposit', { account: 'bob', asset: 'USD', amount: '1' })
    advance(mesh, command, at, 10)
    const once = stateHash(mesh.pool)
    const twice = advance(mesh, command, at + 1000, 10)
    expect(twice.outcome.tag).toBe('repeated')
    expect(twice.events).toEqual([])
    expect(stateHash(mesh.pool)).toBe(once)
  })

  it('lets no time pass for a line that is turned away, whatever was due before it', () => {
    const soon = wish('SetPoolParameters', { callPeriod_s: 60 })
    const { mesh } = sendAll(meshOf(caller), [...leveraged, soon, price('97', 1)])
    const at = begins + 7_200_000
    const repeated = price('97', 1)
    const forbidden = wish('CallMargin', { account: 'alice' })
    for (const { command } of [repeated, forbidden]) {
      const before = stateHash(mesh.pool)
      const step = advance(mesh, command, at, 10)
      expect(step.outcome.tag).not.toBe('decided')
      expect(step.events).toEqual([])
      expect(stateHash(mesh.pool)).toBe(before)
    }
    const { command } = wish('Deposit', { account: 'bob', asset: 'USD', amount: '1' })
    expect(told(advance(mesh, command, at, 10).events)).toContain('MarginCallMissed alice')
  })
})

describe('a mesh that recovers', () => {
  /** So many have won from alice that neither the settlement nor the loss fits in one append. */
  const crowd = Array.from({ length: 121 }, (_, i) => `w${String(i).padStart(3, '0')}`)
  const lost: readonly Sent[] = [
    ...market({ alice: '1210', ...Object.fromEntries(crowd.map((id) => [id, '100'])) }),
    ...crowd.map((id) => trade('alice', id, '1')),
    price('94', 1),
    wish('SettleInstrument', { instrument: 'BTC-PERP', price: '89.5' }, wornOut_s),
  ]
  const reactors = () => meshOf(caller, starter, coverer)
  const whole = sendAll(reactors(), lost)

  const endsOf = (events: readonly LedgerEvent[]) =>
    events.flatMap(({ revision, metadata }) => (metadata.events === undefined ? [] : [revision + metadata.events]))

  const recovered = (cut: number): readonly LedgerEvent[] => {
    const { read, resume } = recovery(reactors())
    for (const event of whole.events.slice(0, cut)) read(event)
    return resume(1_000).events
  }

  /** What follows without anybody from outside sending anything. */
  const byItself = (cut: number): readonly LedgerEvent[] => {
    const next = whole.events.findIndex(
      ({ metadata: { actor, command } }, i) => i >= cut && actor === 'operator' && command !== undefined,
    )
    return whole.events.slice(cut, next === -1 ? undefined : next)
  }

  it('has something to go on with', () =>
    expect(whole.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['BulkStarted', 'InstrumentSettled', 'LossSocialized', 'BulkEnded', 'LiquidationStarted']),
    ))

  it('goes on as if it had never stopped, wherever that was', () => {
    const ends = endsOf(whole.events)
    for (const cut of ends.slice(-9))
      expect(recovered(cut).map(({ id }) => id)).toEqual(byItself(cut).map(({ id }) => id))
  })

  it('asks nothing again that was answered', () => expect(recovered(whole.events.length)).toEqual([]))
})
