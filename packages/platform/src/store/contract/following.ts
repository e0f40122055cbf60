import { noStream } from '../event-store'
import { collect, take, written } from './collect'
import { freshName, sampleChain } from './sample-events'
import type { Subject } from './subject'

/** What a follower is given, and when it ends. */
export const following = (subject: () => Subject): void => {
  const store = () => subject().store

  it('follows what stands and then what comes', async () => {
    const stream = freshName('ledger')
    const chain = sampleChain(3)
    await store().append(stream, chain, noStream)()
    const stop = new AbortController()
    const seen = take(store().follow(stream, undefined, stop.signal), 8)
    const later = sampleChain(5, chain.at(-1))
    for (const event of later) await store().append(stream, [event], event.revision - 1)()
    expect((await seen).map(written)).toEqual([...chain, ...later])
  })

  it('follows from after a position', async () => {
    const stream = freshName('ledger')
    const chain = sampleChain(6)
    await store().append(stream, chain, noStream)()
    const events = await collect(store().readAll(stream, undefined))
    const rest = await take(store().follow(stream, events[2]?.position, new AbortController().signal), 3)
    expect(rest).toEqual(events.slice(3))
  })

  it('follows every stream of a prefix, those that begin later too, and no others', async () => {
    const prefix = freshName('ledger')
    const seen = take(store().follow(prefix, undefined, new AbortController().signal), 4)
    await store().append(freshName('other'), sampleChain(2), noStream)()
    await store().append(`${prefix}-a`, sampleChain(2), noStream)()
    await store().append(`${prefix}-b`, sampleChain(2, undefined, 'b'), noStream)()
    expect((await seen).map(({ stream, revision }) => `${stream.slice(prefix.length + 1)}${revision}`)).toEqual([
      'a0',
      'a1',
      'b0',
      'b1',
    ])
  })

  it('ends when it is told to, though nothing comes', async () => {
    const stop = new AbortController()
    const seen = collect(store().follow(freshName('ledger'), undefined, stop.signal))
    setTimeout(() => stop.abort(), 20)
    expect(await seen).toEqual([])
    expect(await collect(store().follow(freshName('ledger'), undefined, stop.signal))).toEqual([])
  })

  it('gives nothing more once it has been told to end', async () => {
    const stream = freshName('ledger')
    await store().append(stream, sampleChain(50), noStream)()
    const stop = new AbortController()
    const seen: number[] = []
    for await (const { revision } of store().follow(stream, undefined, stop.signal)) {
      if (seen.push(revision) === 10) stop.abort()
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('sees what another process appends', async () => {
    const stream = freshName('ledger')
    const other = await subject().another()
    const seen = take(store().follow(stream, undefined, new AbortController().signal), 3)
    const chain = sampleChain(3)
    await other.append(stream, chain, noStream)()
    expect((await seen).map(written)).toEqual(chain)
  })

  it('gives each follower everything, in order, while others write', async () => {
    const prefix = freshName('ledger')
    const followers = [1, 2, 3].map(() => take(store().follow(prefix, undefined, new AbortController().signal), 200))
    const write = async (stream: string) => {
      for (const event of sampleChain(100, undefined, stream))
        await store().append(stream, [event], event.revision - 1)()
    }
    await Promise.all([write(`${prefix}-a`), write(`${prefix}-b`)])
    const standing = await collect(store().readAll(prefix, undefined))
    for (const seen of await Promise.all(followers)) expect(seen).toEqual(standing)
  })
}
