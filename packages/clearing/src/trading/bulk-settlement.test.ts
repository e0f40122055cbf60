import { decodeEvent, encodeEvent, type LedgerEvent } from '@novation/events'
import {
  accepted,
  alice,
  bent,
  checkLaws,
  commandOf,
  crowdHolding,
  fixed,
  funding,
  given,
  happened,
  happenedExactly,
  marketWorld,
  person,
  prepare,
  price,
  settle,
  settled,
  startLiquidation,
  stated,
  take,
  type World,
} from '../kit'
import { type Decided, process, processBulk } from '../ledger/process'
import { openSnapshot, takeSnapshot } from '../proof/snapshot'
import { stateHash } from '../proof/state-hash'
import { statementOf } from '../proof/statement'
import { type Book, emptyPool } from '../state/book'
import { chunkSize } from '../state/bulk-size'
import { evolve, isWhole } from '../state/evolve'

/** 250 long and one short: 251 positions are two whole chunks and a part of a third. */
const crowd: World = prepare(marketWorld, [
  crowdHolding(250, 'BTC-PERP', '100'),
  person('p0130').buys('9 BTC-PERP at 100 from maker'),
  funding('BTC-PERP', '0.000333333'),
  price('BTC-PERP', '90.005'),
  startLiquidation('p0130'),
  fixed('BTC-PERP', '91.005'),
])

const read = (event: LedgerEvent): LedgerEvent => {
  const decoded = decodeEvent(encodeEvent(event))
  if (decoded._tag === 'Left') throw new Error(decoded.left)
  return decoded.right
}

interface Part {
  readonly events: readonly LedgerEvent[]
  /** The book as it was then. */
  readonly pool: Book
}

/** The parts of the bulk: the first is its beginning. */
const partsOf = (book: Book): readonly Part[] => {
  const partOf = ({ events }: Decided): Part => ({ events, pool: bent(book, () => undefined) })
  const begun = process(book, commandOf(crowd, settle('BTC-PERP', '91.005')), crowd.clock)
  if (begun.tag !== 'decided') throw new Error('the settlement was not decided')
  const all: Part[] = [partOf(begun)]
  for (let part = processBulk(book); part !== undefined; part = processBulk(book)) all.push(partOf(part))
  return all
}

const parts = partsOf(bent(crowd.pool, () => undefined))

/** The rest of the bulk under way. */
const restOf = (book: Book): readonly LedgerEvent[] => {
  const rest: LedgerEvent[] = []
  for (let part = processBulk(book); part !== undefined; part = processBulk(book)) rest.push(...part.events)
  return rest
}

describe('a settlement of more positions than one append holds', () => {
  it('is small where a chunk suffices', () =>
    given(crowdHolding(chunkSize - 1, 'BTC-PERP', '100'), fixed('BTC-PERP', '91'))
      .when(settle('BTC-PERP', '91'))
      .then(accepted, happenedExactly('InstrumentSettled')))

  it('is begun, goes on by chunks, and ends', () => {
    given(crowdHolding(chunkSize, 'BTC-PERP', '100'), fixed('BTC-PERP', '91'))
      .when(settle('BTC-PERP', '91'))
      .then(accepted, happenedExactly('BulkStarted', 'InstrumentSettled', 'InstrumentSettled', 'BulkEnded'))
    expect(parts.map(({ events }) => events.map(({ type }) => type))).toEqual([
      ['BulkStarted'],
      ['InstrumentSettled'],
      ['InstrumentSettled', 'LiquidationEnded'],
      ['InstrumentSettled'],
      ['BulkEnded'],
    ])
  })

  it('fixes price and number at its beginning, and moves nothing yet', () => {
    const [first] = parts
    expect(first?.events[0]).toMatchObject({
      data: { what: 'settlement', accounts: 251, instrument: 'BTC-PERP', price: '91.005' },
      postings: [],
    })
  })

  it('keeps each append within 1,000 postings and 512 KiB', () => {
    for (const { events } of parts) {
      expect(events.flatMap(({ postings }) => postings).length).toBeLessThanOrEqual(1000)
      expect(events.reduce((size, event) => size + encodeEvent(event).body.length, 0)).toBeLessThanOrEqual(512 * 1024)
    }
  })

  it('posts through an account of its own, which ends at zero', () => {
    const bulk = `bulk/settle:${crowd.pool.revision + 1}`
    const balances = parts.map(({ pool }) => pool.books.get(bulk)?.balances.size ?? 0)
    expect(balances).toEqual([0, 2, 2, 0, 0])
  })

  it('comes to the same as one append would have made of it', () => {
    const wound = (count: number) => {
      const world = prepare(marketWorld, [crowdHolding(count, 'BTC-PERP', '100'), settled('BTC-PERP', '91.005')])
      return statementOf(world.pool)
    }
    const [small, large] = [wound(2), wound(chunkSize)]
    expect(large.accounts.find(({ account }) => account === 'p0000')).toEqual(
      small.accounts.find(({ account }) => account === 'p0000'),
    )
    expect(large.assets[0]?.imbalance).toBe('0')
    expect(large.instruments[0]).toMatchObject({ openInterest: '0', longCost: '0' })
  })

  it('sweeps what is left of funding to dust at its end', () => {
    const end = parts.at(-1)
    expect(end?.events[0]).toMatchObject({
      type: 'BulkEnded',
      data: { what: 'settlement', accounts: 251, instrument: 'BTC-PERP' },
    })
    expect(end?.events[0]?.postings.map(({ account }) => account)).toEqual(['funding/BTC-PERP', 'dust'])
    expect(end?.pool.books.get('funding/BTC-PERP')?.balances.size).toBe(0)
  })

  it('says how far it has come, and balances, at every step', () => {
    const statements = parts.map(({ pool }) => statementOf(pool))
    const id = `settle:${crowd.pool.revision + 1}`
    expect(statements.map(({ inProgress }) => inProgress)).toEqual([
      [{ what: 'settlement', id, done: 0, total: 251 }],
      [{ what: 'settlement', id, done: 120, total: 251 }],
      [{ what: 'settlement', id, done: 240, total: 251 }],
      [{ what: 'settlement', id, done: 251, total: 251 }],
      [],
    ])
  })

  it('lets nothing else be decided meanwhile', () => {
    for (const { pool } of parts.slice(0, -1))
      expect(() => process(pool, commandOf(crowd, alice.opens()), crowd.clock)).toThrow('nothing else is decided')
  })

  it('settles nothing twice, and lets everybody go on afterwards', () =>
    given(crowdHolding(chunkSize, 'BTC-PERP', '100'), settled('BTC-PERP', '91'))
      .when(settle('BTC-PERP', '92'), alice.opens())
      .then(
        happened('CommandRejected', { code: 'already-settled' }),
        happened('AccountOpened'),
        stated({ inProgress: [] }),
      ))

  it('answers a repeated command by its first outcome', () => {
    const done = parts.at(-1)
    const again = { ...commandOf(crowd, settle('BTC-PERP', '91.005')), at: '2021-01-01T00:00:00Z' }
    expect(done === undefined ? undefined : process(done.pool, again, crowd.clock)).toMatchObject({
      tag: 'repeated',
      outcome: { revision: crowd.pool.revision + 1 },
    })
  })

  describe('after a crash at any boundary of its parts', () => {
    const history = [...crowd.events, ...parts.flatMap(({ events }) => events)].map(read)
    const lengths = parts.map(
      (_, i) => crowd.events.length + parts.slice(0, i + 1).flatMap(({ events }) => events).length,
    )

    it.each(lengths.map((length, i) => [i, length] as const))(
      'goes on with the same events (after part %i)',
      (i, length) => {
        const folded = history.slice(0, length).reduce(evolve, emptyPool('main'))
        expect(isWhole(folded)).toBe(true)
        expect(stateHash(folded)).toBe(stateHash(parts[i]?.pool ?? folded))
        expect(restOf(folded).map(({ id }) => id)).toEqual(history.slice(length).map(({ id }) => id))
      },
    )

    it.each(lengths.map((length, i) => [i, length] as const))('or from a snapshot (after part %i)', (_, length) => {
      const folded = history.slice(0, length).reduce(evolve, emptyPool('main'))
      const opened = openSnapshot(JSON.parse(JSON.stringify(takeSnapshot(folded))))
      if (opened._tag === 'Left') throw new Error(opened.left)
      expect(restOf(opened.right).map(({ id }) => id)).toEqual(history.slice(length).map(({ id }) => id))
    })
  })

  it('holds every law', () => {
    const after = take(crowd, settle('BTC-PERP', '91.005'))
    checkLaws(after)
    expect(statementOf(after.pool).accounts.find(({ account }) => account === 'p0007')).toMatchObject({
      equity: '90.96',
    })
  })
})
