import { noStream, type StoredEvent } from '../event-store'
import { collect, take, written } from './collect'
import { freshName, sampleChain } from './sample-events'
import type { Subject } from './subject'

/** What a reader is given of what was written. */
export const reading = (subject: () => Subject): void => {
  const store = () => subject().store

  it('reads a stream that never was as empty', async () => {
    const stream = freshName('ledger')
    expect(await collect(store().read(stream, 0))).toEqual([])
    expect(await store().last(stream)).toBeUndefined()
    expect(await collect(store().readAll(stream, undefined))).toEqual([])
  })

  it('reads from a revision, inclusive, to the end', async () => {
    const stream = freshName('ledger')
    const chain = sampleChain(7)
    await store().append(stream, chain, noStream)()
    const events = await collect(store().read(stream, 4))
    expect(events.map(written)).toEqual(chain.slice(4))
    expect(events.every((event) => event.stream === stream)).toBe(true)
    expect(await collect(store().read(stream, 7))).toEqual([])
    expect(await collect(store().read(stream, 1_000))).toEqual([])
  })

  it('reads the last event without the others', async () => {
    const stream = freshName('ledger')
    const chain = sampleChain(5)
    await store().append(stream, chain, noStream)()
    const [last] = await collect(store().read(stream, 4))
    expect(last && written(last)).toEqual(chain[4])
    expect(await store().last(stream)).toEqual(last)
  })

  it('lets a reader leave early', async () => {
    const stream = freshName('ledger')
    const chain = sampleChain(1_000)
    await store().append(stream, chain, noStream)()
    expect((await take(store().read(stream, 0), 3)).map(written)).toEqual(chain.slice(0, 3))
    expect((await take(store().readAll(stream, undefined), 3)).map(written)).toEqual(chain.slice(0, 3))
    expect((await collect(store().read(stream, 998))).map(written)).toEqual(chain.slice(998))
  })

  it('reads at least what stood when the reading began, without a gap, while others append', async () => {
    const stream = freshName('ledger')
    const chain = sampleChain(700)
    const [first, ...rest] = chain.slice(0, 600)
    if (first === undefined) throw new Error('a chain has a first event')
    await store().append(stream, [first, ...rest], noStream)()
    const seen: StoredEvent[] = []
    for await (const event of store().read(stream, 0)) {
      seen.push(written(event))
      const next = chain[600 + event.revision]
      if (next !== undefined) await store().append(stream, [next], next.revision - 1)()
    }
    expect(seen.length).toBeGreaterThanOrEqual(600)
    expect(seen).toEqual(chain.slice(0, seen.length))
    expect((await collect(store().read(stream, 0))).map(written)).toEqual(chain)
  })

  it('reads many streams of one prefix in the order in which they were written, and no others', async () => {
    const prefix = freshName('ledger')
    const order = ['b', 'a', 'c', 'a', 'b', 'x']
    const heads = new Map<string, number>()
    for (const name of order) {
      const stream = name === 'x' ? freshName('other') : `${prefix}-${name}`
      const expected = heads.get(stream) ?? noStream
      const chain = sampleChain(expected + 3, undefined, name)
      const [first, ...rest] = chain.slice(expected + 1)
      if (first === undefined) throw new Error('two events of each turn')
      await store().append(stream, [first, ...rest], expected)()
      heads.set(stream, expected + 2)
    }
    const events = await collect(store().readAll(prefix, undefined))
    expect(events.map(({ stream, revision }) => `${stream.slice(prefix.length + 1)}${revision}`)).toEqual([
      'b0',
      'b1',
      'a0',
      'a1',
      'c0',
      'c1',
      'a2',
      'a3',
      'b2',
      'b3',
    ])
  })

  it('goes on after any position, and gives nothing twice', async () => {
    const prefix = freshName('ledger')
    await store().append(`${prefix}-a`, sampleChain(6), noStream)()
    await store().append(`${prefix}-b`, sampleChain(6, undefined, 'b'), noStream)()
    const events = await collect(store().readAll(prefix, undefined))
    expect(events).toHaveLength(12)
    for (const [index, { position }] of events.entries()) {
      expect(await collect(store().readAll(prefix, position))).toEqual(events.slice(index + 1))
    }
  })

  it('gives the same event the same position however it is read', async () => {
    const stream = freshName('ledger')
    await store().append(stream, sampleChain(4), noStream)()
    const events = await collect(store().readAll(stream, undefined))
    expect(await collect(store().read(stream, 0))).toEqual(events)
  })

  it('refuses a position that it did not give', () =>
    expect(collect(store().readAll('ledger', 'yesterday'))).rejects.toThrow('not a position of this store'))
}
