import { left, right } from 'fp-ts/Either'
import { noStream } from '../event-store'
import { appending } from './appending'
import { collect, written } from './collect'
import { following } from './following'
import { reading } from './reading'
import { freshName, sampleChain } from './sample-events'
import type { Subject } from './subject'

/** The rules of the port, for every adapter the same. `open` is called before each rule; `suite` may skip them. */
export const eventStoreContract = (name: string, open: () => Promise<Subject>, suite: jest.Describe = describe): void =>
  suite(`${name} keeps the contract of EventStore: it`, () => {
    let subject: Subject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(() => subject.close())

    appending(() => subject)
    reading(() => subject)
    following(() => subject)

    it('fences one of two processes that write the same stream', async () => {
      const stream = freshName('ledger')
      const other = await subject.another()
      const chain = sampleChain(2)
      expect(await subject.store.append(stream, chain, noStream)()).toEqual(right(1))
      expect(await other.append(stream, sampleChain(1, undefined, 'other'), noStream)()).toEqual(
        left({ tag: 'conflict', actual: 1 }),
      )
      expect(await other.append(stream, chain, noStream)()).toEqual(right(1))
      expect((await collect(other.read(stream, 0))).map(written)).toEqual(chain)
    })

    it('ends its followers when it is closed, and takes nothing more', async () => {
      const store = await subject.another()
      const seen = collect(store.follow(freshName('ledger'), undefined, new AbortController().signal))
      await store.close()
      await store.close()
      expect(await seen).toEqual([])
      expect(await store.append(freshName('ledger'), sampleChain(1), noStream)()).toMatchObject(
        left({ tag: 'unavailable' }),
      )
    })
  })
