import { emptyPool, stateHash } from '@novation/clearing'
import { openMemoryStore } from '@novation/platform'
import { catchUp, foldHistory } from './history'
import { handClock, open, registerUsd, wish } from './kit/world'
import { openLedger } from './writer'

const deposit = wish('d', 'Deposit', { account: 'alice', asset: 'USD', amount: '5' })

const written = async () => {
  const store = openMemoryStore()
  const writer = await openLedger('main', store, handClock().scheduler, new AbortController().signal)
  await writer.submit([registerUsd, open('alice'), deposit])
  return { store, pool: writer.pool() }
}

describe('the history of a pool', () => {
  it('folds to where its writer stands, everybody judged', async () => {
    const { store, pool } = await written()
    const book = await foldHistory(store, 'main')
    expect([book.head, stateHash(book)]).toEqual([pool.head, stateHash(pool)])
    expect([book.standing.judged.ids, book.unjudged.accounts]).toEqual([['alice'], []])
  })

  it('is caught up with from where somebody stands, and only that is read', async () => {
    const { store, pool } = await written()
    const book = await foldHistory(store, 'main')
    const writer = await openLedger('main', store, handClock().scheduler, new AbortController().signal)
    await writer.submit([open('carol')])
    const from: number[] = []
    const read: typeof store.read = (stream, first) => {
      from.push(first)
      return store.read(stream, first)
    }
    expect((await catchUp(book, { ...store, read })).head).toBe(writer.pool().head)
    expect([from, pool.revision]).toEqual([[3], 2])
  })

  it('is nothing where nothing was written, as the pool begins', async () => {
    const initial = (name: string) => emptyPool(`${name} of another kind`)
    expect((await foldHistory(openMemoryStore(), 'main', initial)).name).toBe('main of another kind')
  })

  it('stops whoever reads it at an event that cannot be read', async () => {
    const { store } = await written()
    const broken = {
      ...store,
      async *read() {
        for await (const event of store.read('ledger-main', 0)) yield { ...event, body: '{}' }
      },
    }
    await expect(foldHistory(broken, 'main')).rejects.toMatchObject({ name: 'Halted', reason: 'broken-history' })
  })
})
