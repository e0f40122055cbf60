import { format } from '@novation/decimal'
import { canonicalJson, decodeEvent, encodeEvent, sha256 } from '@novation/events'
import { everybodyActs, marketWorld, price, take } from '../kit'
import { crash, variety } from '../kit/histories'
import { type Book, emptyPool } from '../state/book'
import { evolve } from '../state/evolve'
import type { Pool } from '../state/pool'
import { writeIndexes } from './index-form'
import { openSnapshot, type Snapshot, takeSnapshot } from './snapshot'
import { reducerVersion, stateHash } from './state-hash'
import { statementOf } from './statement'

const written = (pool: Pool): Snapshot => JSON.parse(JSON.stringify(takeSnapshot(pool)))

const opened = (snapshot: unknown): Book => {
  const pool = openSnapshot(snapshot)
  if (pool._tag === 'Left') throw new Error(pool.left)
  return pool.right
}

const refusal = (snapshot: unknown): string => {
  const pool = openSnapshot(snapshot)
  return pool._tag === 'Left' ? pool.left : 'opened'
}

/** Changes one thing deep inside a JSON value. */
const tampered = (snapshot: Snapshot, from: string, to: string): Snapshot => {
  const text = JSON.stringify(snapshot)
  expect(text).toContain(from)
  return JSON.parse(text.replace(from, to))
}

describe.each([
  ['an empty pool', emptyPool('main')],
  ['a market', marketWorld.pool],
  ['a little of everything', variety.pool],
  ['the end of a crash', crash.pool],
])('a snapshot of %s', (_, pool) => {
  it('is read as what it was taken of', () => {
    const again = opened(written(pool))
    expect(stateHash(again)).toBe(stateHash(pool))
    expect(statementOf(again)).toEqual(statementOf(pool))
    expect(again.outcomes.bytes()).toEqual(pool.outcomes.bytes())
    expect(again.trades.bytes()).toEqual(pool.trades.bytes())
  })

  it('is written the same again', () => expect(written(opened(written(pool)))).toEqual(written(pool)))

  it('judges everybody anew', () => {
    const { duties, bankrupt } = opened(written(pool)).standing
    expect(Object.values(duties).map((ids) => [...ids].sort())).toEqual(
      Object.values(pool.standing.duties).map((ids) => [...ids].sort()),
    )
    expect([...bankrupt].sort()).toEqual([...pool.standing.bankrupt].sort())
  })
})

describe('a snapshot', () => {
  it('goes on as the pool it was taken of, at whatever event', () => {
    const events = crash.events.map((event) => {
      const decoded = decodeEvent(encodeEvent(event))
      if (decoded._tag === 'Left') throw new Error(decoded.left)
      return decoded.right
    })
    for (let cut = 0; cut <= events.length; cut += 7) {
      const head = opened(written(events.slice(0, cut).reduce(evolve, emptyPool('main'))))
      expect(stateHash(events.slice(cut).reduce(evolve, head))).toBe(stateHash(crash.pool))
    }
  })

  it('decides as the pool it was taken of', () => {
    const from = { ...variety, pool: opened(written(variety.pool)) }
    const [one, other] = [variety, from].map((world) => everybodyActs(take(world, price('BTC-PERP', '70'))))
    expect(other?.events).toEqual(one?.events)
  })

  it('remembers outcomes and trades: what was done is not done again', () => {
    const from = { ...variety, pool: opened(written(variety.pool)) }
    const first = variety.sent[0]
    const again = first === undefined ? from : take(from, { ...first.command })
    expect(again.sent.at(-1)?.processed.tag).toBe('repeated')
  })
})

describe('a snapshot is not believed', () => {
  const snapshot = written(variety.pool)

  it('where a balance was changed', () =>
    expect(refusal(tampered(snapshot, '"balances":[["ETH","0.5"]', '"balances":[["ETH","0.6"]'))).toContain(
      'its state is',
    ))

  it('where its revision was', () => {
    expect(refusal({ ...snapshot, revision: snapshot.revision - 1 })).toContain('its state is')
  })

  it('where its hash was', () => expect(refusal({ ...snapshot, hash: '0'.repeat(64) })).toContain('its state is'))

  it('where a byte of an outcome was turned', () => {
    const indexes = writeIndexes(variety.pool)
    const bytes = Buffer.from(indexes.outcomes, 'base64')
    for (let at = 0; at < bytes.length; at += 1) {
      const turned = Buffer.from(bytes)
      turned[at] = (turned[at] ?? 0) ^ 1
      const outcomes = turned.toString('base64')
      expect([at, refusal({ ...snapshot, indexes: { ...indexes, outcomes } })]).toEqual([
        at,
        'its indexes are not what they were',
      ])
    }
  })

  it('where an outcome or a trade was taken out', () => {
    const indexes = writeIndexes(variety.pool)
    const [outcomes, trades] = [variety.pool.outcomes.bytes(1), variety.pool.trades.bytes(1)].map((bytes) =>
      Buffer.from(bytes).toString('base64'),
    )
    expect(refusal({ ...snapshot, indexes: { ...indexes, outcomes } })).toContain('its indexes')
    expect(refusal({ ...snapshot, indexes: { ...indexes, trades } })).toContain('its indexes')
  })

  it('where another version of the fold made it', () =>
    expect(refusal({ ...snapshot, reducer: reducerVersion + 1 })).toBe(
      `made by reducer ${reducerVersion + 1}, this is reducer ${reducerVersion}`,
    ))

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'snapshot'],
    ['an object of something else', { revision: 1 }],
  ])('where it is %s', (_, json) => expect(refusal(json)).toBe('not a snapshot'))

  it.each<[string, Partial<Snapshot>]>([
    ['no state', { state: null }],
    ['a state of nothing', { state: {} }],
    ['indexes of nothing', { indexes: null }],
    ['indexes of nothing that are what they say', { indexes: null, indexHash: sha256('null') }],
    ['amounts that are none', { state: { ...(snapshot.state as object), losses: { insurance: 'x' } } }],
  ])('where it has %s', (_, part) =>
    expect(refusal({ ...snapshot, ...part })).toMatch(/unreadable|its state is|its indexes/),
  )
})

describe('a snapshot of an earlier version, which had the keys themselves', () => {
  const outcomes = [
    ['operator b', { contentHash: 'cd'.repeat(32), revision: 7, at: 5, rejection: 'unknown-account' }],
    ['operator a', { contentHash: 'ab'.repeat(32), revision: 3, at: 4 }],
  ]
  const indexes = { outcomes: outcomes.toReversed(), trades: ['t-1', 't-2'] }
  const earlier = { ...written(variety.pool), indexes, indexHash: sha256(canonicalJson(indexes)) }

  it('is read as it is', () => {
    const { outcomes: read, trades } = opened(earlier)
    expect([read.get('operator a'), read.get('operator b')]).toEqual([
      { contentHash: 'ab'.repeat(16), revision: 3 },
      { contentHash: 'cd'.repeat(16), revision: 7, rejection: 'unknown-account' },
    ])
    expect([read.size, trades.size, trades.has('t-1'), trades.has('t-2'), trades.has('t-3')]).toEqual([
      2,
      2,
      true,
      true,
      false,
    ])
  })
})

describe('the kit’s histories', () => {
  it('hold something of everything', () => {
    const { accounts, instruments, frozen, calls, liquidations, losses } = crash.pool
    expect([...variety.pool.liquidations.keys()]).toEqual(['carol:1'])
    expect([...variety.pool.calls]).toEqual(['eve'])
    expect(variety.pool.accounts.get('dan')?.owing).toBeDefined()
    expect([accounts.size, instruments.size, frozen, calls.size, liquidations.size]).toEqual([7, 4, false, 0, 0])
    expect(format(losses.insurance)).not.toBe('0')
  })
})
