import { backstop } from '@novation/clearing'
import { react, startAsking } from './asking'
import { hostReactor } from './hosted'
import { market, price, sendAll, told, trade, wish } from './kit/market'
import { caller, patientStarter, starter } from './kit/services'
import { startMesh } from './mesh'

/** Alice stands between her margins at 97 and below them at 94, and holds ETH-PERP too. */
const leveraged = [
  ...market({ alice: '110', bob: '100000', [backstop]: '1' }),
  trade('alice', 'bob', '10'),
  trade('alice', 'bob', '1', 'ETH-PERP'),
]

const withReactors = (...reactors: readonly (typeof caller)[]) =>
  startMesh(
    'main',
    reactors.map((reactor) => hostReactor(reactor, 'main')),
  )

describe('a reactor', () => {
  const { events } = sendAll(startMesh('main', []), [...leveraged, price('97', 1), price('96.9', 2), price('96.8', 3)])
  const ticks = events.slice(-3)
  const before = events
    .slice(0, -3)
    .reduce((asking, event) => react(caller, asking, event).asking, startAsking(caller, 'main'))

  it('asks once what is due, though it stays due', () => {
    let asking = before
    const asked = ticks.map((event) => {
      const next = react(caller, asking, event)
      asking = next.asking
      return next.commands.map(({ type }) => type)
    })
    expect(asked).toEqual([['CallMargin'], [], []])
  })

  it('names its command after what caused it, so that reading the event again makes the same', () => {
    const [tick] = ticks
    if (tick === undefined) throw new Error('no tick')
    const [one, two] = [react(caller, before, tick).commands, react(caller, before, tick).commands]
    expect(one).toEqual(two)
    expect(one[0]).toMatchObject({ actor: 'margin', causationId: tick.id, correlationId: tick.metadata.correlationId })
  })

  it('asks for several in order of subject', () => {
    const world = [
      ...market({ carol: '100', alice: '100', bob: '100000' }),
      trade('carol', 'bob', '10'),
      trade('alice', 'bob', '10'),
      price('97', 1),
    ]
    expect(told(sendAll(withReactors(caller), world).events).slice(-2)).toEqual([
      'MarginCall alice',
      'MarginCall carol',
    ])
  })

  it('asks only once all events of a command have been read', () => {
    const trading = events.filter(({ metadata }) => metadata.commandId.startsWith('ClearTrade'))
    expect(trading.length).toBeGreaterThan(2)
    let asking = startAsking({ ...caller, due: () => [{ type: 'CoverLoss', data: {}, subject: 'x' }] }, 'main')
    const always = { ...caller, due: () => [{ type: 'CoverLoss' as const, data: {}, subject: 'x' }] }
    const asked: number[] = []
    for (const event of events.slice(0, -3)) {
      const next = react(always, { ...asking, sent: asking.sent.clear() }, event)
      asking = next.asking
      if (next.commands.length > 0) asked.push(event.revision)
    }
    const lastOfGroups = events
      .slice(0, -3)
      .flatMap(({ revision, metadata }) => (metadata.events === undefined ? [] : [revision + metadata.events - 1]))
    expect(asked).toEqual(lastOfGroups)
  })
})

describe('an ask that was turned down', () => {
  const stale = [...leveraged, price('100', 130, 'ETH-PERP'), price('93', 260)]

  it('is not asked again in answer to that', () =>
    expect(told(sendAll(withReactors(starter), stale).events).slice(-2)).toEqual([
      'PriceTick operator',
      'CommandRejected stale-price',
    ]))

  it('is asked again at the next price, collateral or due time', () => {
    const again = (...next: Parameters<typeof sendAll>[1]) =>
      told(sendAll(withReactors(starter), [...stale, ...next]).events).slice(-2)
    expect(again(price('93.5', 261))).toEqual(['PriceTick operator', 'CommandRejected stale-price'])
    expect(again(price('100', 261, 'ETH-PERP'))).toEqual(['PriceTick operator', 'LiquidationStarted alice'])
    expect(again(wish('Deposit', { account: 'bob', asset: 'USD', amount: '1' }, 261))).toEqual([
      'CollateralDeposited bob',
      'CommandRejected stale-price',
    ])
    expect(again(wish('OpenAccount', { account: 'carol' }, 261))).toEqual([
      'CommandRejected stale-price',
      'AccountOpened carol',
    ])
  })

  it('is not even asked by who sees that nothing could be decided', () => {
    const patient = sendAll(withReactors(patientStarter), [...stale, price('93.5', 261), price('100', 262, 'ETH-PERP')])
    expect(told(patient.events).filter((line) => line.startsWith('CommandRejected'))).toEqual([])
    expect(told(patient.events).at(-1)).toBe('LiquidationStarted alice')
  })
})
