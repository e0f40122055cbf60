import type { Command } from '@novation/events'
import {
  accepted,
  after,
  alice,
  as,
  commandOf,
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
  send,
  type Wish,
  withdraw,
} from '../kit'
import { contentHash, keyOf } from '../state/evolve'

const paid = named('d-1', deposit('alice', '10 USD'))
const at = (time: string, wish: Wish): Wish => ({ ...wish, at: time })

describe('the same command again', () => {
  it('is answered by its first outcome, and does nothing', () =>
    given(alice.opens(), paid)
      .when(paid)
      .then(repeated(), nothingHappened, alice.stands({ collateral: { USD: '10' } })))

  it('is the same whenever it was sent', () =>
    given(alice.opens(), at('2020-03-12T10:00:00Z', paid), after('1 h'))
      .when(at('2020-03-12T10:59:00Z', paid), at('2019-01-01T00:00:00Z', paid))
      .then(repeated(), nothingHappened))

  it('is the same a year and a hundred commands later', () =>
    given(alice.opens(), paid, after('365 d'), ...Array.from({ length: 100 }, () => deposit('alice', '1 USD')))
      .when(paid)
      .then(repeated(), nothingHappened))

  it('tells at which revision it was decided', () =>
    given(alice.opens(), paid)
      .when(paid)
      .then(({ asked }) => expect(asked[0]?.processed).toMatchObject({ tag: 'repeated', outcome: { revision: 4 } })))

  it('is answered as rejected for ever if it was rejected, though it would be accepted now', () =>
    given()
      .when(paid, open('alice'), paid)
      .then(repeated('unknown-account'), alice.stands({ collateral: {} })))

  it('is another one from another sender', () =>
    given(open('alice'), as('venue', paid))
      .when(as('operator', paid))
      .then(accepted, alice.stands({ collateral: { USD: '20' } })))

  it('is another one under another id', () =>
    given(open('alice'), paid)
      .when(named('d-2', paid))
      .then(accepted, alice.stands({ collateral: { USD: '20' } })))
})

describe('an id that was used', () => {
  it('is refused for anything else', () =>
    given(open('alice'), paid)
      .when(named('d-1', deposit('alice', '11 USD')))
      .then(refused('id-reused'), nothingHappened))

  it('for another type of command, and for another cause, too', () => {
    given(open('alice'), paid)
      .when(named('d-1', withdraw('alice', '10 USD')))
      .then(refused('id-reused'))
    given(open('alice'), paid)
      .when({ ...paid, correlationId: 'x' } as Wish)
      .then(refused('id-reused'))
  })

  it('is refused as reused also where it had been rejected', () =>
    given()
      .when(paid, open('alice'), named('d-1', deposit('alice', '11 USD')))
      .then(refused('id-reused')))

  it('is still free where it was only refused', () =>
    given(open('alice'))
      .when(as('oracle', paid), { ...paid, pool: 'other' }, paid)
      .then(({ asked }) =>
        expect(asked.map(({ processed }) => processed.tag)).toEqual(['refused', 'refused', 'decided']),
      ))
})

describe('a rejection', () => {
  it('stands in the ledger, with its command, its code and its reason, and moves nothing', () =>
    given()
      .when(paid)
      .then(
        rejected('unknown-account'),
        happened('CommandRejected', {
          code: 'unknown-account',
          command: 'd-1',
          reason: 'no account alice in this pool',
        }),
        ({ happened: [event] }) =>
          expect(event?.metadata).toMatchObject({ commandId: 'd-1', events: 1, command: { id: 'd-1' } }),
        pool(({ outcomes }) => expect(outcomes.get('operator d-1')?.rejection).toBe('unknown-account')),
      ))
})

describe('a pool that forgets', () => {
  const forgetful = [open('alice'), parameters({ idempotency_s: 60 }), after('1 h')]

  it('takes what is as old as its memory, and refuses what is older', () => {
    given(...forgetful)
      .when(at('2020-03-12T10:59:00Z', paid))
      .then(accepted)
    given(...forgetful)
      .when(at('2020-03-12T10:58:59.999Z', paid))
      .then(refused('too-old'), nothingHappened)
  })

  it('never takes again what it refused once, though it remembers longer from now on', () => {
    const longer = [...forgetful, open('bob'), parameters({ idempotency_s: 86_400 }), after('1 s')]
    given(...longer)
      .when(at('2020-03-12T10:58:59.999Z', paid))
      .then(refused('too-old'))
    given(...longer)
      .when(at('2020-03-12T10:59:00Z', paid))
      .then(accepted)
  })

  it('forgets after a week, unless it says otherwise', () => {
    given(open('alice'), after('7 d')).when(at('2020-03-12T10:00:00Z', paid)).then(accepted)
    given(open('alice'), after('7 d'), after('1 s')).when(at('2020-03-12T10:00:00Z', paid)).then(refused('too-old'))
  })

  it('knows what it still remembers', () =>
    given(open('alice'), parameters({ idempotency_s: 60 }), at('2020-03-12T10:00:00Z', paid), after('1 h'))
      .when(at('2020-03-12T10:00:00Z', paid))
      .then(repeated()))

  it('asks a command without a time for none', () =>
    given(...forgetful)
      .when((world) => {
        const { at: _, ...timeless } = commandOf(world, paid)
        return send(world, timeless as Command)
      })
      .then(accepted))

  it('binds no id that it refused as too old', () =>
    given(...forgetful)
      .when(at('2020-03-12T10:00:00Z', paid), at('2020-03-12T11:00:00Z', named('d-1', deposit('alice', '7 USD'))))
      .then(happened('CollateralDeposited', { amount: '7' })))
})

describe('of the reasons at the door the first is named', () => {
  const forgetful = [open('alice'), parameters({ idempotency_s: 60 }), paid, after('1 h')]
  const other = at('2020-03-12T10:00:00Z', named('d-1', deposit('nobody', '11 USD')))

  it('wrong-pool before not-permitted', () =>
    given(...forgetful)
      .when({ ...as('nobody', other), pool: 'other' })
      .then(refused('wrong-pool')))
  it('not-permitted before id-reused', () =>
    given(...forgetful)
      .when(as('oracle', other))
      .then(refused('not-permitted')))
  it('id-reused before too-old', () =>
    given(...forgetful)
      .when(other)
      .then(refused('id-reused')))
  it('too-old before anything in the ledger', () =>
    given(...forgetful)
      .when(named('d-2', other))
      .then(refused('too-old')))
})

const dealt = {
  id: 'c',
  pool: 'main',
  actor: 'venue',
  type: 'ClearTrade',
  data: { trade: 't', instrument: 'i', buyer: 'a', seller: 'b', quantity: '1', price: '1' },
} as const

describe('a command is recognised', () => {
  const command = {
    id: 'c',
    type: 'OpenAccount',
    pool: 'main',
    actor: 'venue:x',
    data: { account: 'a', margin: 'cross' },
  } as const

  it('by its sender and its id', () => {
    expect(keyOf(command)).toBe('venue:x c')
    expect(keyOf({ ...command, actor: 'venue' })).not.toBe(keyOf(command))
  })

  it('by everything it says but when', () => {
    const same = {
      data: { margin: 'cross', account: 'a' },
      actor: 'venue:x',
      pool: 'main',
      type: 'OpenAccount',
      id: 'c',
    } as const
    expect(contentHash({ ...same, at: '2020-01-01T00:00:00Z' })).toBe(contentHash(command))
    expect(contentHash({ ...command, data: { account: 'b', margin: 'cross' } })).not.toBe(contentHash(command))
    expect(contentHash(dealt)).not.toBe(contentHash({ ...dealt, data: { ...dealt.data, quantity: '2' } }))
  })
})
