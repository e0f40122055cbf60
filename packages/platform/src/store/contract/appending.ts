import { left, right } from 'fp-ts/Either'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import { noStream, type StoredEvent } from '../event-store'
import { collect, written } from './collect'
import { freshName, sampleChain, sampleEvent } from './sample-events'
import type { Subject } from './subject'

/** What an append answers, and what it leaves behind. */
export const appending = (subject: () => Subject): void => {
  const append = (stream: string, events: NonEmptyArray<StoredEvent>, expected: number) =>
    subject().store.append(stream, events, expected)()
  const standing = async (stream: string) => (await collect(subject().store.read(stream, 0))).map(written)

  it('answers the revision of the last event appended', async () => {
    const stream = freshName('ledger')
    const first = sampleChain(3)
    expect(await append(stream, first, noStream)).toEqual(right(2))
    const second = sampleChain(2, first.at(-1))
    expect(await append(stream, second, 2)).toEqual(right(4))
    expect(await standing(stream)).toEqual([...first, ...second])
  })

  it('does nothing until it is run', async () => {
    const stream = freshName('ledger')
    const lazy = subject().store.append(stream, sampleChain(1), noStream)
    expect(await standing(stream)).toEqual([])
    expect(await lazy()).toEqual(right(0))
  })

  it('refuses a first event where the stream has begun, naming where it stands', async () => {
    const stream = freshName('ledger')
    await append(stream, sampleChain(3), noStream)
    expect(await append(stream, sampleChain(1, undefined, 'other'), noStream)).toEqual(
      left({ tag: 'conflict', actual: 2 }),
    )
  })

  it('refuses to go on from a stream that never was', async () => {
    const stream = freshName('ledger')
    const later = sampleEvent(sampleEvent(undefined))
    expect(await append(stream, [later], 0)).toEqual(left({ tag: 'conflict', actual: noStream }))
    expect(await standing(stream)).toEqual([])
  })

  it('refuses a revision that the stream has passed, or not reached', async () => {
    const stream = freshName('ledger')
    const chain = sampleChain(5)
    await append(stream, chain, noStream)
    const behind = sampleChain(2, chain[1], 'other')
    expect(await append(stream, behind, 1)).toEqual(left({ tag: 'conflict', actual: 4 }))
    const ahead = sampleEvent({ ...sampleEvent(undefined), revision: 8 })
    expect(await append(stream, [ahead], 8)).toEqual(left({ tag: 'conflict', actual: 4 }))
    expect(await standing(stream)).toEqual(chain)
  })

  it('answers a retry of the very same events as the first time, and writes them once', async () => {
    const stream = freshName('ledger')
    const chain = sampleChain(3)
    expect(await append(stream, chain, noStream)).toEqual(right(2))
    expect(await append(stream, chain, noStream)).toEqual(right(2))
    const more = sampleChain(4, chain.at(-1))
    await append(stream, more, 2)
    expect(await append(stream, chain, noStream)).toEqual(right(2))
    expect(await append(stream, more, 2)).toEqual(right(6))
    expect(await standing(stream)).toEqual([...chain, ...more])
  })

  it('takes a retry of a part of what was appended for a retry', async () => {
    const stream = freshName('ledger')
    const chain = sampleChain(4)
    await append(stream, chain, noStream)
    expect(await append(stream, [chain[0], ...chain.slice(1, 2)], noStream)).toEqual(right(1))
    expect(await standing(stream)).toEqual(chain)
  })

  it('refuses a retry that says something more, and writes nothing of it', async () => {
    const stream = freshName('ledger')
    const chain = sampleChain(3)
    await append(stream, chain, noStream)
    expect(await append(stream, [chain[0], ...chain.slice(1), ...sampleChain(2, chain.at(-1))], noStream)).toEqual(
      left({ tag: 'conflict', actual: 2 }),
    )
    expect(await append(stream, [chain[0], sampleEvent(chain[0], 'other')], noStream)).toEqual(
      left({ tag: 'conflict', actual: 2 }),
    )
    expect(await standing(stream)).toEqual(chain)
  })

  it('keeps streams apart', async () => {
    const [one, two] = [freshName('ledger'), freshName('ledger')]
    const chain = sampleChain(2)
    await append(one, chain, noStream)
    expect(await append(two, [sampleEvent(chain.at(-1))], 1)).toEqual(left({ tag: 'conflict', actual: noStream }))
    expect(await append(two, chain, noStream)).toEqual(right(1))
    expect(await standing(one)).toEqual(await standing(two))
  })

  it('lets exactly one of a hundred writers at the same revision win', async () => {
    const stream = freshName('ledger')
    const chain = sampleChain(1)
    await append(stream, chain, noStream)
    const rivals = Array.from({ length: 100 }, (_, writer) => sampleChain(2, chain[0], `writer ${writer}`))
    const outcomes = await Promise.all(rivals.map((events) => append(stream, events, 0)))
    const winners = rivals.filter((_, writer) => outcomes[writer]?._tag === 'Right')
    expect(winners).toHaveLength(1)
    expect(outcomes.filter(({ _tag }) => _tag === 'Left')).toEqual(Array(99).fill(left({ tag: 'conflict', actual: 2 })))
    expect(await standing(stream)).toEqual([...chain, ...winners.flat()])
  })

  it('takes a thousand events at once', async () => {
    const stream = freshName('ledger')
    const chain = sampleChain(1_000)
    expect(await append(stream, chain, noStream)).toEqual(right(999))
    expect(await standing(stream)).toEqual(chain)
  })

  it('gives every body back byte for byte, whatever is in it', async () => {
    const stream = freshName('ledger')
    const notes = ['Zürich 東京 🏦', '\u0000\u001f\u007f\u2028\ud800', '"\\/\b\f\n\r\t', '1e-8', ' ', '\ufeff\u0301']
    const chain = sampleChain(1)
    for (const note of notes) chain.push(sampleEvent(chain.at(-1), note))
    await append(stream, chain, noStream)
    expect(await standing(stream)).toEqual(chain)
  })

  it('throws at what only a mistake in the program can ask for', async () => {
    const stream = freshName('ledger')
    const [first, second, third] = sampleChain(3)
    if (second === undefined || third === undefined) throw new Error('a chain of three has three')
    await expect(append(stream, [first, third], noStream)).rejects.toThrow('due revision 1')
    await expect(append(stream, [second], noStream)).rejects.toThrow('due revision 0')
    await expect(append(stream, [first, { ...second, id: first.id }], noStream)).rejects.toThrow('comes twice')
    await expect(append(stream, [{ ...first, id: 'c-17' }], noStream)).rejects.toThrow('not a UUID')
    await expect(append(stream, [first], -2)).rejects.toThrow('no such revision')
    await expect(append('$all', [first], noStream)).rejects.toThrow("not a stream's name")
    expect(await standing(stream)).toEqual([])
  })
}
