import { backstop, emptyPool } from '@novation/clearing'
import { formatTime, idOf, type LedgerEvent } from '@novation/events'
import { type Sent as Asked, askedAgain, askedBefore } from './asking'
import { type Crew, crewIn, react, startCrew } from './crew'
import { hostReactor } from './hosted'
import { begins, instrument, market, price, type Sent, sendAll, told, trade, wish } from './kit/market'
import { caller, hasty } from './kit/services'
import { startMesh } from './mesh'
import { type Ask, ask, type Reactor } from './reactor'

/** Alice stands between her margins at 97 and below them at 94, and holds ETH-PERP too; SOL-PERP never had a price. */
const leveraged = [
  ...market({ alice: '110', bob: '100000', [backstop]: '1' }),
  trade('alice', 'bob', '10'),
  trade('alice', 'bob', '1', 'ETH-PERP'),
  instrument('SOL-PERP'),
]

const withReactors = (...reactors: readonly (typeof caller)[]) =>
  startMesh(
    emptyPool('main'),
    reactors.map((reactor) => hostReactor(reactor, 'main')),
  )

describe('a reactor', () => {
  const { events } = sendAll(startMesh(emptyPool('main'), []), [
    ...leveraged,
    price('97', 1),
    price('96.9', 2),
    price('96.8', 3),
  ])
  const ticks = events.slice(-3)
  /** The caller once it has read everything before the ticks. */
  const before = () => {
    const crew = startCrew(caller, [caller], 'main')
    for (const event of events.slice(0, -3)) react(caller, crew, event)
    return crew
  }

  it('asks once what is due, though it stays due', () => {
    const crew = before()
    const asked = ticks.map((event) => react(caller, crew, event).map(({ type }) => type))
    expect(asked).toEqual([['CallMargin'], [], []])
  })

  it('names its command after what caused it, so that reading the event again makes the same', () => {
    const [tick] = ticks
    if (tick === undefined) throw new Error('no tick')
    const [one, two] = [react(caller, before(), tick), react(caller, before(), tick)]
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
    const always = { ...caller, due: () => [{ type: 'CoverLoss' as const, data: {}, subject: 'x' }] }
    const crew = startCrew(always, [always], 'main')
    const asked: number[] = []
    for (const event of events.slice(0, -3)) {
      crew.members[0]?.asked.sent.clear()
      if (react(always, crew, event).length > 0) asked.push(event.revision)
    }
    const lastOfGroups = events
      .slice(0, -3)
      .flatMap(({ revision, metadata }) => (metadata.events === undefined ? [] : [revision + metadata.events - 1]))
    expect(asked).toEqual(lastOfGroups)
  })
})

describe('an ask that was turned down', () => {
  const asked = [...leveraged, price('97', 1)]

  it('is not asked again in answer to that', () =>
    expect(told(sendAll(withReactors(hasty), asked).events).slice(-2)).toEqual([
      'PriceTick operator',
      'CommandRejected not-breached',
    ]))

  it('is asked again at the next price, collateral or due time', () => {
    const again = (...next: Parameters<typeof sendAll>[1]) =>
      told(sendAll(withReactors(hasty), [...asked, ...next]).events).slice(-2)
    expect(again(price('96.9', 2))).toEqual(['PriceTick operator', 'CommandRejected not-breached'])
    expect(again(price('93.5', 2))).toEqual(['LiquidationStarted alice', 'CommandRejected under-liquidation'])
    expect(again(wish('Deposit', { account: 'bob', asset: 'USD', amount: '1' }, 2))).toEqual([
      'CollateralDeposited bob',
      'CommandRejected not-breached',
    ])
    expect(again(wish('OpenAccount', { account: 'carol' }, 2))).toEqual([
      'CommandRejected not-breached',
      'AccountOpened carol',
    ])
  })
})

/** Events of every kind, of which a reactor that has nothing to do with them is told. */
const happened = (...sent: Parameters<typeof sendAll>[1]) =>
  sendAll(startMesh(emptyPool('main'), []), [...leveraged, ...sent]).events

/** A margin service to which this is due whatever happens. */
const wanting = (due: readonly Ask[]): Reactor<undefined> => ({
  name: 'margin',
  initial: () => undefined,
  evolve: () => undefined,
  due: () => due,
})

const crewWanting = (due: readonly Ask[], sent: readonly (readonly [string, Asked])[] = []): Crew<undefined> =>
  crewIn([wanting(due)], undefined, { margin: sent })

/** What the only one of them has asked. */
const sentBy = ({ members: [member] }: Crew<undefined>): readonly (readonly [string, Asked])[] => [
  ...(member?.asked.sent ?? []),
]

/** Reads these events, one after the other, where this is due at each; what is asked at each, and how it stands then. */
const reading = (events: readonly LedgerEvent[], due: readonly Ask[], begin = crewWanting([])) => {
  const { groupEnd, mayChangeAnswers } = begin
  const crew = { ...crewWanting(due, sentBy(begin)), groupEnd, mayChangeAnswers }
  const asked = events.map((event) => react(wanting(due), crew, event))
  return { asked, crew }
}

/** The same, where all that was asked was turned down. */
const turnedDown = (crew: Crew<undefined>) =>
  crewWanting(
    [],
    sentBy(crew).map(([key, one]) => [key, { ...one, rejected: true }] as const),
  )

const called = ask('CallMargin', { account: 'alice' }, 'alice')
const closed = ask('CloseCall', { account: 'alice' }, 'alice')
const on = ({ type, data }: Ask, seconds: number, actor = 'margin'): Sent => {
  const sent = wish(type, data, seconds)
  return { ...sent, command: { ...sent.command, actor } }
}

describe('what a reactor asks', () => {
  const [tick] = happened(price('97', 1)).slice(-1)
  if (tick === undefined) throw new Error('no tick')

  it('says all that the ledger needs of it, and where it comes from', () => {
    const { asked, crew } = reading([tick], [called])
    expect(asked).toEqual([
      [
        {
          id: idOf('margin', tick.id, 'CallMargin', 'alice'),
          type: 'CallMargin',
          pool: 'main',
          actor: 'margin',
          correlationId: tick.metadata.correlationId,
          causationId: tick.id,
          data: { account: 'alice' },
        },
      ],
    ])
    expect(sentBy(crew)).toEqual([['CallMargin alice', { id: asked[0]?.[0]?.id, at: begins + 1_000, rejected: false }]])
  })

  it('is one thing for each kind and subject', () => {
    const other = ask('CallMargin', { account: 'bob' }, 'bob')
    expect(reading([tick], [other, called, closed]).asked[0]?.map(({ type, data }) => [type, data])).toEqual([
      ['CallMargin', { account: 'alice' }],
      ['CloseCall', { account: 'alice' }],
      ['CallMargin', { account: 'bob' }],
    ])
  })
})

describe('an ask without outcome', () => {
  /** How many are asked at each of these, where it was asked at the price after one second. */
  const asksAt = (...then: Parameters<typeof sendAll>[1]) =>
    reading(happened(price('97', 1), ...then).slice(-1 - then.length), [called]).asked.map(({ length }) => length)

  it('is asked anew where it has had none for more than a minute: what was lost on the way is not lost for good', () => {
    expect(asksAt(price('96.9', 61), price('96.8', 61.001), price('96.7', 63))).toEqual([1, 0, 1, 0])
  })

  it('is asked anew at a price, and not because of what changes no answer', () => {
    expect(asksAt(wish('OpenAccount', { account: 'carol' }, 100), price('96.9', 101))).toEqual([1, 0, 1])
  })
})

describe('an ask that was rejected', () => {
  const tick = price('97', 1)
  /** The account stands below its margin, so that a call is met with none: a rejection. */
  const rejected = on(closed, 2)
  const asksAfter = (...then: Parameters<typeof sendAll>[1]): readonly number[] => {
    const events = happened(tick, ...then)
    const until = happened(tick).length
    const first = reading(events.slice(0, until).slice(-1), [closed])
    const id = first.asked[0]?.[0]?.id ?? ''
    const turned = sendAll(startMesh(emptyPool('main'), []), [
      ...leveraged,
      tick,
      { ...rejected, command: { ...rejected.command, id } },
      ...then,
    ]).events.slice(until)
    expect(told(turned)[0]).toMatch(/^CommandRejected/)
    return reading(turned, [closed], first.crew).asked.map(({ length }) => length)
  }

  it.each([
    ['a price', price('96.9', 3), 1],
    ['a deposit', wish('Deposit', { account: 'bob', asset: 'USD', amount: '1' }, 3), 1],
    ['a withdrawal', wish('Withdraw', { account: 'bob', asset: 'USD', amount: '1' }, 3), 1],
    ['money for the fund', wish('FundInsurance', { asset: 'USD', amount: '1' }, 3), 1],
    ['a settlement', wish('SettleInstrument', { instrument: 'SOL-PERP', price: '100' }, 3), 1],
    ['other parameters', wish('SetPoolParameters', { priceTolerance_s: 7 }, 3), 1],
    ['a new account, which changes no answer: not', wish('OpenAccount', { account: 'carol' }, 3), 0],
  ])('is asked again after %s', (_, then, times) => {
    expect(asksAfter(then)).toEqual([0, times])
  })

  it('is asked again after time has passed, to which something was due', () => {
    const future = wish('ListInstrument', {
      instrument: 'BTC-1',
      kind: 'future',
      settlementAsset: 'USD',
      expiry: formatTime(begins + 4_000),
      margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
    })
    const opened = wish('OpenAccount', { account: 'carol' }, 5)
    // The rejection, the listing, what time brings, in two events, the account.
    expect(asksAfter({ ...future, at: begins + 3_000 }, opened)).toEqual([0, 0, 0, 1, 0])
  })

  it('is asked again where any of the events of one command may change the answer, once the last of them is read', () => {
    const asked = reading(happened(tick).slice(-1), [closed])
    const turned = turnedDown(asked.crew)
    const [changes, opened] = happened(tick, price('96.9', 2), wish('OpenAccount', { account: 'carol' }, 3)).slice(-2)
    if (changes === undefined || opened === undefined) throw new Error('nothing happened')
    const { command: _, events: __, ...rest } = opened.metadata
    const together = [
      { ...changes, metadata: { ...changes.metadata, events: 2 } },
      { ...opened, metadata: rest },
    ]
    expect(reading(together, [closed], turned).asked.map(({ length }) => length)).toEqual([0, 1])
    const { groupEnd, mayChangeAnswers } = reading(together, [], turned).crew
    expect(reading([opened], [closed], { ...turned, groupEnd, mayChangeAnswers }).asked).toEqual([[]])
  })

  it('is forgotten where it is no longer due, and asked at once where it is due again', () => {
    const turned = turnedDown(reading(happened(tick).slice(-1), [closed]).crew)
    const opened = happened(tick, wish('OpenAccount', { account: 'carol' }, 3)).slice(-1)
    const away = reading(opened, [], turned).crew
    expect(sentBy(away)).toEqual([])
    expect(reading(opened, [closed], away).asked.map(({ length }) => length)).toEqual([1])
  })

  it('is not where somebody else was turned down with a command of the same id', () => {
    const { crew, asked } = reading(happened(tick).slice(-1), [closed])
    const id = asked[0]?.[0]?.id ?? ''
    const events = happened(tick, wish('Withdraw', { account: 'alice', asset: 'USD', amount: '9000' }, 2, id))
    expect(told(events).at(-1)).toMatch(/^CommandRejected/)
    expect(sentBy(reading(events.slice(-1), [closed], crew).crew)).toEqual(sentBy(crew))
  })
})

describe('whom to look at again', () => {
  const asked = askedBefore([
    ['StartLiquidation alice', { id: 'i', at: 0, rejected: true }],
    ['CallMargin bob', { id: 'j', at: 0, rejected: false }],
    ['CallMargin carol', { id: 'k', at: 1, rejected: false }],
  ])
  it('is about whom something was turned down, and, where answers may be others, who has waited for more than a minute', () => {
    expect([...askedAgain(asked, 60_001, false)]).toEqual(['alice'])
    expect([...askedAgain(asked, 60_000, true)]).toEqual(['alice'])
    expect([...askedAgain(asked, 60_001, true)]).toEqual(['alice', 'bob'])
    expect([...askedAgain(asked, 60_002, true)]).toEqual(['alice', 'bob', 'carol'])
  })
})
