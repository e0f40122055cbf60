import { add, decimal, format, isZero, zero } from '@novation/decimal'
import type { EventData, EventType, LedgerEvent } from '@novation/events'
import { type Statement, statementOf } from '../proof/statement'
import type { RefusalCode, RejectionCode } from '../rejections'
import type { Pool } from '../state/pool'
import type { Sent, World } from './world'

/** What a scenario looks at: the world afterwards, and what was asked and what happened in its `when`. */
export interface Afterwards extends World {
  readonly asked: readonly Sent[]
  readonly happened: readonly LedgerEvent[]
}

export type Expectation = (afterwards: Afterwards) => void

const outcomeOf = ({ processed }: Sent): string => {
  if (processed.tag === 'refused') return `refused: ${processed.code}`
  if (processed.tag === 'repeated') return `repeated: ${processed.outcome.rejection ?? 'accepted'}`
  return processed.rejection === undefined ? 'accepted' : `rejected: ${processed.rejection.code}`
}

const outcomes = ({ asked }: Afterwards): readonly string[] => asked.map(outcomeOf)
const last = (afterwards: Afterwards): string | undefined => outcomes(afterwards).at(-1)

export const accepted: Expectation = (afterwards) =>
  expect(outcomes(afterwards)).toEqual(afterwards.asked.map(() => 'accepted'))

/** The last command was decided against, and that stands in the ledger, with a reason in which these words are: one event, no postings. */
export const rejected =
  (code: RejectionCode, reason = ''): Expectation =>
  (afterwards) => {
    expect(last(afterwards)).toBe(`rejected: ${code}`)
    const [event, ...more] = afterwards.asked.at(-1)?.events ?? []
    const data = { code, reason: expect.stringContaining(reason) }
    expect(event).toMatchObject({ type: 'CommandRejected', data, postings: [] })
    expect(more.filter(({ type }) => type !== 'PoolFrozen' && type !== 'PoolThawed')).toEqual([])
  }

/** The last command was turned away at the door: nothing is in the ledger. */
export const refused =
  (code: RefusalCode): Expectation =>
  (afterwards) => {
    expect(last(afterwards)).toBe(`refused: ${code}`)
    expect(afterwards.asked.at(-1)?.events).toEqual([])
  }

/** The last command was known: its first outcome is answered, and nothing happens. */
export const repeated =
  (first: RejectionCode | 'accepted' = 'accepted'): Expectation =>
  (afterwards) => {
    expect(last(afterwards)).toBe(`repeated: ${first}`)
    expect(afterwards.asked.at(-1)?.events).toEqual([])
  }

/** An event like this is among what happened. */
export const happened =
  <K extends EventType>(type: K, data: Partial<EventData<K>> = {}): Expectation =>
  (afterwards) => {
    const such = afterwards.happened.filter((event) => event.type === type).map((event) => event.data)
    expect(such).toContainEqual(expect.objectContaining(data))
  }

/** These events happened, in this order, and no other. */
export const happenedExactly =
  (...types: readonly EventType[]): Expectation =>
  (afterwards) =>
    expect(afterwards.happened.map(({ type }) => type)).toEqual(types)

export const nothingHappened: Expectation = happenedExactly()

const amounts = (events: readonly LedgerEvent[]): Readonly<Record<string, string>> => {
  const sums = new Map<string, ReturnType<typeof decimal>>()
  for (const { account, asset, amount } of events.flatMap(({ postings }) => postings)) {
    const key = `${account} ${asset}`
    sums.set(key, add(sums.get(key) ?? zero, decimal(amount)))
  }
  return Object.fromEntries([...sums].filter(([, sum]) => !isZero(sum)).map(([key, sum]) => [key, format(sum)]))
}

/** What moved, in all and no more: `{ 'trader/alice USD': '-5', 'custody USD': '5' }`. */
export const moved =
  (expected: Readonly<Record<string, string>>): Expectation =>
  (afterwards) =>
    expect(amounts(afterwards.happened)).toEqual(expected)

/** These balances moved by so much, whatever else moved. */
export const movedAmongOthers =
  (expected: Readonly<Record<string, string>>): Expectation =>
  (afterwards) =>
    expect(amounts(afterwards.happened)).toMatchObject(expected)

export const pool =
  (assertion: (pool: Pool) => void): Expectation =>
  (afterwards) =>
    assertion(afterwards.pool)

/** The statement says at least this. */
export const stated =
  (expected: { readonly [K in keyof Statement]?: unknown }): Expectation =>
  (afterwards) =>
    expect(statementOf(afterwards.pool)).toMatchObject(expected)
