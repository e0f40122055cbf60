import { decimal } from '@novation/decimal'
import { genesis } from '@novation/events'
import { alice, bent, bob, commandOf, given, happenedExactly, marketWorld, open, pool, price, type Wish } from '../kit'
import { takeSnapshot } from '../proof/snapshot'
import { emptyPool } from '../state/book'
import { decider } from '../state/edition'
import { process, processBulk } from './process'

const caused: Wish = { ...alice.opens(), correlationId: 'tick', causationId: 'event-7' } as Wish

describe('a command in the ledger', () => {
  it('stands on its first event whole, with how many events it made', () =>
    given(alice.holds('100 USD'), bob.holds('100 USD'), price('BTC-PERP', '50'))
      .when({ ...alice.buys('1 BTC-PERP at 50 from bob'), id: 'c-x' })
      .then(
        happenedExactly('TradeCleared', 'PositionOpened', 'PositionOpened'),
        ({ happened: [first, ...rest], asked }) => {
          expect(first?.metadata).toMatchObject({ events: 3, command: asked[0]?.command })
          for (const { metadata } of rest) {
            expect(metadata.commandId).toBe('c-x')
            expect('events' in metadata || 'command' in metadata).toBe(false)
          }
        },
      ))

  it('is its own cause where it names none', () =>
    given()
      .when({ ...alice.opens(), id: 'c-x' })
      .then(({ happened: [event] }) =>
        expect(event?.metadata).toMatchObject({
          commandId: 'c-x',
          correlationId: 'c-x',
          causationId: 'c-x',
          actor: 'operator',
          version: 1,
          decider,
        }),
      ))

  it('keeps the cause it names', () =>
    given()
      .when(caused)
      .then(({ happened: [event] }) =>
        expect(event?.metadata).toMatchObject({ correlationId: 'tick', causationId: 'event-7' }),
      ))

  it('makes events that follow each other without a gap, from revision 0, linked from the genesis', () => {
    const { events } = given(alice.holds('100 USD')).world
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, i) => i))
    expect(events.map(({ metadata }) => metadata.previousHash)).toEqual([
      genesis,
      ...events.slice(0, -1).map(({ metadata }) => metadata.hash),
    ])
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
  })

  it('makes the same events on every machine: ids follow from content', () => {
    const [first, second] = [given(alice.holds('100 USD')), given(alice.holds('100 USD'))].map(
      ({ world }) => world.events,
    )
    expect(first).toEqual(second)
    const other = given(alice.holds('101 USD')).world.events
    expect(other.at(-1)?.id).not.toBe(first?.at(-1)?.id)
  })

  it('is decided at ledger time: the later of the last event and the clock', () => {
    const command = commandOf(marketWorld, open('alice'))
    const decidedAt = (clock: number) => {
      const processed = process(
        bent(marketWorld.pool, () => undefined),
        command,
        clock,
      )
      return processed.tag === 'decided' ? processed.events[0]?.at : undefined
    }
    expect(decidedAt(0)).toBe('2020-03-12T10:00:00.000Z')
    expect(decidedAt(marketWorld.clock + 1)).toBe('2020-03-12T10:00:00.001Z')
    const first = process(emptyPool('main'), command, 0)
    expect(first.tag === 'decided' ? first.events[0]?.at : undefined).toBe('1970-01-01T00:00:00.000Z')
  })

  it('changes nothing where it is turned away at the door', () => {
    const book = bent(marketWorld.pool, () => undefined)
    const before = takeSnapshot(book)
    process(book, { ...commandOf(marketWorld, open('alice')), pool: 'other' }, marketWorld.clock + 60_000)
    expect(takeSnapshot(book)).toEqual(before)
  })

  it('stops the ledger where the house is not flat afterwards', () => {
    const unflat = bent(marketWorld.pool, (book) => book.put(book.clearing, 'balances', 'USD', decimal('1')))
    expect(() => process(unflat, commandOf(marketWorld, open('alice')), marketWorld.clock)).toThrow(
      'the house is not flat',
    )
  })

  it('is for one pool', () =>
    given()
      .when({ ...alice.opens(), pool: 'other' })
      .then(({ asked }) => expect(asked[0]?.processed).toMatchObject({ tag: 'refused', code: 'wrong-pool' })))
})

describe('a pool without a bulk', () => {
  it('has nothing to go on with', () => expect(processBulk(marketWorld.pool)).toBeUndefined())
  it('says so', () => given().then(pool((now) => expect(now.bulk).toBeUndefined())))
})
