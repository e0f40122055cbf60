import type { Processed } from '@novation/clearing'
import { emptyPool } from '@novation/clearing'
import { type Durable, openDurable } from './durable'
import { openGroupCommit } from './group-commit'
import { faultyStore, handClock, ledgerOf, open, registerUsd } from './kit/world'

const forever = new AbortController().signal

/** A group commit on a store, the appends it made by how many events each had, and what it told. */
const opened = () => {
  const { store } = faultyStore([])
  const book = emptyPool('main')
  const appends: number[] = []
  const durable = openDurable(book, store, handClock().scheduler, forever, {})
  const watched: Durable = {
    ...durable,
    append: async (made) => {
      await durable.append(made)
      appends.push(made.flatMap(({ events }) => events).length)
    },
  }
  const decided: (readonly [string, Processed['tag']])[] = []
  const { decideAll } = openGroupCommit(book, watched, () => 1_000, {
    decided: ({ id }, { tag }) => decided.push([id, tag]),
  })
  return { store, book, durable, appends, decided, decideAll }
}

describe('commands that are decided together', () => {
  it('make one append, and are answered in order once that is durable', async () => {
    const { store, durable, appends, decideAll } = opened()
    const outcomes = await decideAll([registerUsd, open('alice'), open('alice'), open('bob')])
    expect(outcomes.map(({ tag }) => tag)).toEqual(['decided', 'decided', 'repeated', 'decided'])
    expect([appends, durable.revision()]).toEqual([[3], 2])
    expect((await ledgerOf(store)).map(({ metadata: { commandId } }) => commandId)).toEqual([
      'usd',
      'open-alice',
      'open-bob',
    ])
  })

  it('are told as they are decided, refused ones too', async () => {
    const { decided, decideAll } = opened()
    await decideAll([open('alice'), { ...open('bob'), pool: 'other' }, open('alice')]).then(() => undefined)
    expect(decided).toEqual([
      ['open-alice', 'decided'],
      ['open-bob', 'refused'],
      ['open-alice', 'repeated'],
    ])
  })

  it('remember of the book no longer what may be taken back, once they are durable', async () => {
    const { book, decideAll } = opened()
    await decideAll([open('alice'), open('bob')]).then(() => undefined)
    expect(book.mark().changes).toBe(0)
  })

  it('are none: nothing is appended', async () => {
    const { appends, decideAll } = opened()
    expect([await decideAll([]), appends]).toEqual([[], []])
  })
})
