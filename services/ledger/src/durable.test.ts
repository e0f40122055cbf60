import { emptyPool, type Pool } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import { type EventStore, openMemoryStore } from '@novation/platform'
import { left } from 'fp-ts/Either'
import { openDurable } from './durable'
import { madeOf } from './kit/stored'
import { handClock, open } from './kit/world'

/** A store that takes no more than so many events at once, and tells how many each append that it took had. */
const taking = (most: number) => {
  const inner = openMemoryStore()
  const taken: number[] = []
  const store: EventStore = {
    ...inner,
    append: (stream, events, expected) => async () => {
      if (events.length > most) return left({ tag: 'too-large', reason: `more than ${most}`, limit_bytes: most })
      taken.push(events.length)
      return inner.append(stream, events, expected)()
    },
  }
  return { store, taken }
}

const opened = (store: EventStore, book: Pool = emptyPool('main')) => {
  const told: (readonly [number, readonly LedgerEvent[]])[] = []
  const durable = openDurable(book, store, handClock().scheduler, new AbortController().signal, {
    committed: (_, events) => told.push([durable.revision(), events]),
  })
  return { durable, told }
}

const five = ['alice', 'bob', 'carol', 'dave', 'erin'].map(open)

describe('what was decided', () => {
  it('is durable once it is in the store, all in one append, and told after that', async () => {
    const { store, taken } = taking(5)
    const { durable, told } = opened(store)
    expect(durable.revision()).toBe(-1)
    const { made } = madeOf(five)
    await durable.append(made)
    expect([durable.revision(), taken]).toEqual([4, [5]])
    expect(told).toEqual([[4, made.flatMap(({ events }) => events)]])
  })

  it('goes in halves where all of it is too large, in order, each told by itself', async () => {
    const { store, taken } = taking(2)
    const { durable, told } = opened(store)
    await durable.append(madeOf(five).made)
    expect(taken).toEqual([2, 1, 2])
    expect(told.map(([revision, events]) => [revision, events.length])).toEqual([
      [1, 2],
      [2, 1],
      [4, 2],
    ])
  })

  it('is durable up to the first that is too large alone', async () => {
    const { store, taken } = taking(1)
    const { made } = madeOf(five)
    const [first, second, third, ...rest] = made.map(({ events, stored }) => ({ events, stored }))
    if (first === undefined || second === undefined || third === undefined) throw new Error('five are made')
    const both = { events: [...second.events, ...third.events], stored: [...second.stored, ...third.stored] }
    const { durable } = opened(store)
    await expect(durable.append([first, both, ...rest])).rejects.toMatchObject({ name: 'TooLargeToAppend' })
    expect([durable.revision(), taken]).toEqual([0, [1]])
  })

  it('asks the store for nothing where nothing was made', async () => {
    const { store, taken } = taking(0)
    const { durable, told } = opened(store)
    await durable.append([])
    expect([durable.revision(), taken, told]).toEqual([-1, [], []])
  })

  it('goes on from what was there, and from what another ledger wrote meanwhile', async () => {
    const store = openMemoryStore()
    const { made, book } = madeOf(five.slice(0, 2))
    await opened(store).durable.append(made.slice(0, 1))
    const { durable } = opened(store, { ...book, revision: 0 })
    expect(durable.revision()).toBe(0)
    await store.append('ledger-main', [made[1]?.stored[0] ?? never()], 0)()
    durable.reached(1)
    await durable.append(madeOf(five.slice(2, 3), book).made)
    expect([durable.revision(), (await store.last('ledger-main'))?.revision]).toEqual([2, 2])
  })
})

const never = (): never => {
  throw new Error('nothing was made')
}
