import { right } from 'fp-ts/Either'
import { type EventStore, noStream } from '../event-store'
import type { Breakable } from './breaking'
import { collect, written } from './collect'
import { sampleChain, sampleEvent } from './sample-events'

/** An embedded store whose disk can be broken. */
export interface FragileSubject {
  readonly store: EventStore
  readonly disk: Breakable
  /** Ends this process's use of the store, and opens it as the next one does. */
  readonly reopen: () => Promise<EventStore>
  readonly close: () => Promise<void>
}

const diskFailed = (code: string) => ({
  name: 'Halted',
  reason: 'disk-failed',
  message: expect.stringMatching(new RegExp(`: ${code}: .*; whether what was being written is there, the next start`)),
})

/** What every store that keeps its own file owes to who writes, when the disk under it fails. */
export const embeddedContract = (name: string, open: () => Promise<FragileSubject>): void =>
  describe(`${name} on a disk that fails`, () => {
    let subject: FragileSubject
    beforeEach(async () => {
      subject = await open()
    })
    afterEach(() => subject.close())

    const append = (stream: string, chain: ReturnType<typeof sampleChain>, expected: number) =>
      subject.store.append(stream, chain, expected)()

    const breakages = [
      ['a write that fails', { code: 'SQLITE_IOERR_WRITE', isThere: false }],
      ['a full disk', { code: 'SQLITE_FULL', isThere: false }],
      ['a file that may no longer be written', { code: 'SQLITE_READONLY_DBMOVED', isThere: false }],
      ['a sync that fails, and what it was for is gone', { code: 'SQLITE_IOERR_FSYNC', isThere: false }],
      ['a sync that fails, and what it was for is there', { code: 'SQLITE_IOERR_FSYNC', isThere: true }],
    ] as const

    it.each(breakages)(
      'says of %s that nobody knows, and takes nothing more, though it would go again',
      async (_, how) => {
        const chain = sampleChain(3)
        expect(await append('ledger-main', chain, noStream)).toEqual(right(2))
        subject.disk.breakDown(how)
        await expect(append('ledger-main', sampleChain(2, chain.at(-1)), 2)).rejects.toMatchObject(diskFailed(how.code))
        subject.disk.mend()
        await expect(append('ledger-main', sampleChain(2, chain.at(-1)), 2)).rejects.toMatchObject(diskFailed(how.code))
        await expect(append('ledger-main', chain, noStream)).rejects.toMatchObject(diskFailed(how.code))
        await expect(append('relay-main', sampleChain(1), noStream)).rejects.toMatchObject(diskFailed(how.code))
      },
    )

    it.each(breakages)('keeps through %s what was acknowledged, and of the rest all or nothing', async (_, how) => {
      const chain = sampleChain(3)
      const more = sampleChain(4, chain.at(-1))
      await append('ledger-main', chain, noStream)
      subject.disk.breakDown(how)
      await expect(append('ledger-main', more, 2)).rejects.toMatchObject(diskFailed(how.code))
      const next = await subject.reopen()
      const all = how.isThere ? [...chain, ...more] : chain
      expect((await collect(next.read('ledger-main', 0))).map(written)).toEqual(all)
      expect(await next.append('ledger-main', more, 2)()).toEqual(right(6))
      expect((await collect(next.read('ledger-main', 0))).map(written)).toEqual([...chain, ...more])
    })

    it('goes on being read, and closes, once its disk has failed', async () => {
      const chain = sampleChain(3)
      await append('ledger-main', chain, noStream)
      subject.disk.breakDown({ code: 'SQLITE_IOERR_WRITE', isThere: false })
      await expect(append('ledger-main', sampleChain(1, chain.at(-1)), 2)).rejects.toMatchObject({ name: 'Halted' })
      expect((await collect(subject.store.read('ledger-main', 0))).map(written)).toEqual(chain)
      expect((await subject.store.last('ledger-main'))?.revision).toBe(2)
      await subject.store.close()
    })

    it('ends where the file may not grow, and loses nothing of what it had acknowledged', async () => {
      const chain = sampleChain(1)
      await append('ledger-main', chain, noStream)
      subject.disk.fill()
      const fillUp = async () => {
        for (let last = chain[0]; chain.length < 1_000; last = sampleEvent(last)) {
          const event = sampleEvent(last)
          await append('ledger-main', [event], last.revision)
          chain.push(event)
        }
      }
      await expect(fillUp()).rejects.toMatchObject(diskFailed('SQLITE_FULL'))
      const next = await subject.reopen()
      expect((await collect(next.read('ledger-main', 0))).map(written)).toEqual(chain)
    })

    it('is no failure where another process holds it: that can be asked again', async () => {
      const chain = sampleChain(1)
      subject.disk.breakDown({ code: 'SQLITE_BUSY', isThere: false })
      expect(await append('ledger-main', chain, noStream)).toMatchObject({ left: { tag: 'unavailable' } })
      subject.disk.mend()
      expect(await append('ledger-main', chain, noStream)).toEqual(right(0))
    })

    it('is no failure where the program is mistaken: that is told as it is, and nothing is lost', async () => {
      const chain = sampleChain(1)
      subject.disk.breakDown({ code: 'SQLITE_MISUSE', isThere: false })
      await expect(append('ledger-main', chain, noStream)).rejects.toMatchObject({ code: 'SQLITE_MISUSE' })
      subject.disk.mend()
      expect(await append('ledger-main', chain, noStream)).toEqual(right(0))
    })
  })
