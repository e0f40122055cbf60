import { type Command, isFitKey, openVerifier, signCommand } from '@novation/events'
import {
  accepted,
  as,
  deposit,
  given,
  happened,
  named,
  nothingHappened,
  open,
  parameters,
  pool,
  refused,
  rejected,
  repeated,
  withdraw,
} from '../kit'
import {
  adopt,
  adopted,
  atSecond,
  keyOf,
  nameOfKey,
  onOrders,
  order,
  registerKey,
  renewDomain,
  revokeKey,
  signed,
  signedBy,
  timeOf,
} from '../kit/identity'
import { market } from '../kit/scenario'
import { trade } from '../kit/wishes'
import { commandOf, type Step, send, take, worldBefore } from '../kit/world'
import { emptyPool } from '../state/book'

const day = 86_400
const byAnna = (wish: Parameters<typeof as>[1], ...others: readonly string[]): Step =>
  signedBy(['A', ...others], as('operator:anna', wish))

/** Alice has an account, 100 USD and the key K; the venue has V. */
const alice: readonly Step[] = [
  adopted,
  byAnna(registerKey('V venue'), 'V'),
  byAnna(registerKey('K trader:alice'), 'K'),
  byAnna(open('alice')),
  byAnna(deposit('alice', '100 USD')),
]
const wish = named('w-1', as('trader:alice', withdraw('alice', '10 USD')))

describe('a command that is not what was signed, or not for here', () => {
  it.each([
    ['signed for another pool', signedBy(['K'], wish, { domain: 'd9' }), 'bad-signature'],
    ['with the signature of another command', signedBy([], wish, { forgedBy: ['K'] }), 'bad-signature'],
    [
      'with one signature that does not hold beside one that does',
      signedBy(['K'], wish, { forgedBy: ['V'] }),
      'bad-signature',
    ],
    ['stripped of its signature', signedBy([], wish), 'unsigned'],
    ['signed by somebody else', signedBy(['V'], wish), 'unknown-key'],
    ['signed by nobody known', signedBy(['X'], wish), 'unknown-key'],
    ['of years ahead', signedBy(['K'], { ...wish, at: '2031-01-01T00:00:00Z' }), 'expired'],
    ['of more than ten minutes ahead', signedBy(['K'], { ...wish, at: timeOf(601) }), 'expired'],
    [
      'of years ahead, wanted until then',
      signedBy(['K'], { ...wish, at: '2031-01-01T00:00:00Z' }, { until: '2032-01-01T00:00:00Z' }),
      'expired',
    ],
  ] as const)('is refused: %s', (_, sent, code) =>
    given(...alice)
      .when(sent)
      .then(refused(code), nothingHappened),
  )

  it('is refused where one signature stands twice, also by who brings it past the reader', () =>
    given(...alice)
      .when((world) => {
        const { signatures = [], ...rest } = signed(commandOf(world, wish), ['K'])
        return send(world, { ...rest, signatures: [...signatures, ...signatures] } as Command)
      })
      .then(refused('malformed')))
})

describe('a command that comes back', () => {
  it('is answered by its first outcome, and its signature is looked at all the same', () =>
    given(...alice, signedBy(['K'], wish))
      .when(signedBy(['K'], { ...wish, at: timeOf(1) }))
      .then(repeated(), nothingHappened))

  it('is refused where the copy is not signed as it should be', () =>
    given(...alice, signedBy(['K'], wish))
      .when(signedBy([], wish, { forgedBy: ['K'] }))
      .then(refused('bad-signature')))

  it('is refused once the key that signed it is revoked', () =>
    given(...alice, signedBy(['K'], wish), signedBy(['K'], as('trader:alice', revokeKey('K'))))
      .when(signedBy(['K'], wish))
      .then(refused('revoked-key')))

  it('is refused for good once it was refused and its time is over', () =>
    given(...alice)
      .when(
        signedBy(['K'], wish, { until: timeOf(30), domain: 'd9' }),
        atSecond(31),
        signedBy(['K'], { ...wish, at: timeOf(0) }, { until: timeOf(30) }),
      )
      .then(refused('expired'), nothingHappened))

  it('is void in a restored copy that has renewed its domain', () =>
    given(...alice, byAnna(renewDomain('d1')))
      .when(signedBy(['K'], wish), signedBy(['K'], wish, { domain: 'd1' }))
      .then(({ asked }) => expect(asked.map(({ processed }) => processed.tag)).toEqual(['refused', 'decided'])))

  it('is answered also where it is the adoption itself, whoever sent it', () => {
    const adoption = named('a', adopt('A operator:anna', 'B operator:ben'))
    given(signedBy(['A', 'B'], adoption), byAnna(renewDomain('d1')))
      .when(signedBy(['A', 'B'], adoption))
      .then(repeated())
  })
})

describe('an operator against an owner', () => {
  it('cannot withdraw in the name of the keeper of the same account', () =>
    given(...alice)
      .when(byAnna(registerKey('E keeper:alice'), 'E'), signedBy(['E'], as('keeper:alice', withdraw('alice', '1 USD'))))
      .then(happened('KeyRegistered', { actor: 'keeper:alice', activeFrom: timeOf(3 * day) }), refused('unknown-key')))

  it("cannot take an owner's key by giving up the key that registered it, however far back", () =>
    given(...alice)
      .when(byAnna(revokeKey('A', { since: '2020-01-01T00:00:00Z' })))
      .then(
        happened('KeyRevoked', {
          bindings: [
            { actor: 'operator:anna', key: nameOfKey('A') },
            { actor: 'venue', key: nameOfKey('V') },
          ].sort((a, b) => (a.key < b.key ? -1 : 1)),
        }),
      ))

  it('cannot either by binding its own key to the owner first, which falls before it counts', () =>
    given(...alice, byAnna(registerKey('A trader:alice')))
      .when(byAnna(revokeKey('A', { since: '2020-01-01T00:00:00Z' })), signedBy(['K'], wish))
      .then(accepted))

  it('cannot shorten the time in which an owner may object', () =>
    given(...alice)
      .when(byAnna(parameters({ recoveryDelay_s: 60 })))
      .then(rejected('bad-parameter')))

  it.each(['keyDelay_s', 'recoveryDelay_s'] as const)('may make %s longer, and not take that back', (name) =>
    given(...alice, byAnna(parameters({ [name]: 9 * day })))
      .when(byAnna(parameters({ [name]: 9 * day - 1 })))
      .then(rejected('bad-parameter')),
  )

  it('is met by the delays that were set before identity was adopted, for there was nothing to protect then', () =>
    given(parameters({ recoveryDelay_s: 60 }), ...alice)
      .when(byAnna(registerKey('E trader:alice'), 'E'))
      .then(happened('KeyRegistered', { activeFrom: timeOf(60) })))
})

describe('a thief of a key', () => {
  it('cannot drive out an owner who notices within a day', () =>
    given(...alice, signedBy(['K', 'T'], as('trader:alice', registerKey('T trader:alice'))))
      .when(
        signedBy(['K'], as('trader:alice', revokeKey('K', { since: timeOf(0), reason: 'compromised' }))),
        atSecond(2 * day),
        signedBy(['T'], wish),
      )
      .then(refused('revoked-key')))

  it('of an operator loses with it what was registered with it', () =>
    given(...alice, atSecond(10), byAnna(registerKey('T venue:t'), 'T'))
      .when(
        signedBy(['B'], as('operator:ben', revokeKey('A', { since: timeOf(10), reason: 'compromised' }))),
        signedBy(['T'], as('venue:t', open('carl'))),
      )
      .then(refused('revoked-key')))

  it('of an operator cannot leave the pool without any', () =>
    given(...alice, byAnna(revokeKey('B')))
      .when(byAnna(revokeKey('A', { since: timeOf(0) })))
      .then(rejected('last-key')))

  it('of the clock is taken once there is another, so that time never stands still', () => {
    const withClock = [...alice, byAnna(registerKey('C clock'), 'C')]
    given(...withClock)
      .when(byAnna(revokeKey('C')))
      .then(rejected('last-key'))
    given(...withClock, byAnna(registerKey('D clock'), 'D'))
      .when(byAnna(revokeKey('C')))
      .then(accepted)
  })
})

describe('one key as two people', () => {
  it('is no beginning', () =>
    given()
      .when(signedBy(['A'], adopt('A operator:anna', 'A operator:ben')))
      .then(rejected('bad-parameter')))
})

describe('a key under which anything would be signed', () => {
  const weak = 'ed25519:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
  const anything = `AQ${'A'.repeat(84)}`

  it('is bound to nobody', () =>
    given(...alice)
      .when((world) => {
        const command = commandOf(
          world,
          as('operator:anna', { type: 'RegisterKey', data: { actor: 'venue', key: weak } }),
        )
        const { signatures = [] } = signCommand(command, 'd0', [keyOf('A')])
        expect(isFitKey(weak)).toBe(false)
        const all = [...signatures, { key: weak, signature: anything }]
        return send(world, {
          ...command,
          signatures: all.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
        } as typeof command)
      })
      .then(refused('bad-signature')))
})

describe('a flood of signatures', () => {
  const counted = () => {
    const verify = openVerifier()
    let checks = 0
    const book = emptyPool('main', undefined, (...asked) => {
      checks += 1
      return verify(...asked)
    })
    return { world: alice.reduce(take, market(worldBefore(book))), checks: () => checks }
  }

  it('of keys that are not registered costs no computation', () => {
    const { world, checks } = counted()
    const before = checks()
    const many = Array.from({ length: 16 }, (_, i) => `X${i}`)
    for (const names of [['X'], many, ['K', 'X']]) send(world, signed(commandOf(world, wish), names))
    send(world, signed(commandOf(world, as('operator:anna', registerKey('X venue'))), ['X']))
    send(world, signed(commandOf(world, adopt('X operator:x')), ['X']))
    expect(checks()).toBe(before)
  })

  it('on orders, of keys that are not their owners, costs no more than the command that shows them', () => {
    const { world, checks } = counted()
    const before = checks()
    const words = { instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '100' }
    const wanted = ['X', 'V'].map((by, i) => order(`o-${i}: alice buys 1 BTC-PERP at 101`, { by }))
    const traded = onOrders(trade({ trade: 't', ...words }), ...wanted.slice(0, 1))
    const shown = [traded, onOrders(trade({ trade: 'u', ...words }), ...wanted)]
    shown.reduce((now, each) => send(now, signed(commandOf(now, as('venue', each)), ['V'])), byAnna(open('bob'))(world))
    expect(checks()).toBe(before + 3)
  })

  it('of a key that is costs one check each', () => {
    const { world, checks } = counted()
    const before = checks()
    send(world, signed(commandOf(world, wish), [], { forgedBy: ['K'] }))
    expect(checks()).toBe(before + 1)
  })
})

describe('an open pool', () => {
  it('has no identity in its state, and knows no key', () =>
    given(open('alice'))
      .when(signedBy(['V'], as('venue', open('carl'))))
      .then(
        refused('unknown-key'),
        pool((book) => expect(book.identity).toBeUndefined()),
      ))

  it('heeds until when a command is wanted', () =>
    given(open('alice'), atSecond(60))
      .when({ ...deposit('alice', '1 USD'), at: timeOf(0), until: timeOf(59) })
      .then(refused('expired')))

  it('takes any time that a sender says, as ever', () =>
    given(open('alice'), atSecond(10_000))
      .when({ ...deposit('alice', '1 USD'), at: timeOf(1) }, { ...deposit('alice', '1 USD'), at: timeOf(100_000) })
      .then(accepted))
})

describe('a development pool', () => {
  it('says so in its state', () =>
    given()
      .when(
        signedBy(['A'], {
          type: 'AdoptIdentity',
          data: { ...adopt('A operator:anna').data, development: true },
        } as ReturnType<typeof adopt>),
      )
      .then(
        accepted,
        pool((book) => expect(book.identity?.development).toBe(true)),
      ))
})
