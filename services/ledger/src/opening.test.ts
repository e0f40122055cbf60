import { emptyPool, stateHash } from '@novation/clearing'
import { folderShelf, openMemoryDisk, openMemoryStore, openProver, type Shelf } from '@novation/platform'
import { foldHistory } from './history'
import { handClock, open, registerUsd, settle, wish } from './kit/world'
import { openBook } from './opening'
import { openLedger } from './writer'

const forever = new AbortController().signal
const deposit = (n: number) => wish(`d-${n}`, 'Deposit', { account: 'alice', asset: 'USD', amount: String(n) })

/** A ledger that has written something, snapshots of it on a shelf, and what an opening tells. */
const world = async () => {
  const store = openMemoryStore()
  const disk = openMemoryDisk().mount()
  const shelf = folderShelf('/snapshots', disk)
  const { scheduler } = handClock()
  const lead = () => openLedger('main', store, scheduler, forever, {}, emptyPool, shelf)
  const writer = await lead()
  await writer.submit([registerUsd, open('alice'), deposit(1)])
  const first = await shelf.put(await foldHistory(store, 'main'), false)
  await writer.submit([deposit(2), deposit(3)])
  const second = await shelf.put(await foldHistory(store, 'main'), false, first)
  await writer.submit([deposit(4)])
  const told: unknown[] = []
  const opening = (on: Shelf = shelf) =>
    openBook(store, emptyPool('main'), on, {
      opened: ({ revision }, folded) => told.push([revision, folded]),
      passedOver: ({ revision }, reason) => told.push([revision, reason]),
    })
  return { store, disk, shelf, writer, first, second, told, opening, lead }
}

describe('a ledger that is opened', () => {
  it('stands where its writer stood, from the newest snapshot and the events after it', async () => {
    const { opening, writer, told, store } = await world()
    const readings: number[] = []
    const { read } = store
    store.read = (stream, from) => {
      readings.push(from)
      return read(stream, from)
    }
    const { book } = await opening()
    expect([book.head, stateHash(book)]).toEqual([writer.pool().head, stateHash(writer.pool())])
    expect(told).toEqual([[4, 1]])
    expect(readings).toEqual([4, 5])
  })

  it('is not decided on before the shelf says that it is', async () => {
    const { opening, shelf } = await world()
    let answered = (): void => undefined
    const slow: Shelf = { ...shelf, note: () => new Promise((resolve) => (answered = resolve)) }
    const told: string[] = []
    const done = (await opening(slow)).decides().then(() => told.push('it may decide'))
    await settle()
    told.push('the shelf has answered')
    answered()
    await done
    expect(told).toEqual(['the shelf has answered', 'it may decide'])
  })

  it('knows every command and trade as if it had read them: a repetition is one', async () => {
    const { lead } = await world()
    const again = await lead()
    const outcomes = await again.submit([deposit(1), deposit(3), deposit(4), { ...open('alice'), id: 'd-2' }])
    expect(outcomes).toMatchObject([
      { tag: 'repeated', outcome: { revision: 2 } },
      { tag: 'repeated', outcome: { revision: 4 } },
      { tag: 'repeated', outcome: { revision: 5 } },
      { tag: 'refused', code: 'id-reused' },
    ])
  })

  it('passes over what is damaged, and says so, and takes the one before', async () => {
    const { opening, disk, second, told } = await world()
    await (await disk.create(`/snapshots/main.outcomes.${second.outcomes[1]?.digest}`)).write(Buffer.from('x'))
    expect((await opening()).book.revision).toBe(5)
    expect(told).toEqual([
      [4, 'outcomes of it are damaged or missing'],
      [2, 3],
    ])
  })

  it('passes over one that stands in the middle of a command, or was made by another fold', async () => {
    const { opening, shelf, store, told, disk } = await world()
    const half = await foldHistory(store, 'main')
    half.set<typeof half, 'groupEnd'>(half, 'groupEnd', 6)
    const made = await shelf.put(half, false)
    expect((await opening()).book.revision).toBe(5)
    expect(told).toEqual([
      [made.revision, 'it stands in the middle of a command'],
      [4, 1],
    ])
    for (const name of await disk.list('/snapshots'))
      if (name.endsWith('.snapshot'))
        await disk.rename(`/snapshots/${name}`, `/snapshots/${name.replace(/\.r\d+\./, '.r999.')}`)
    told.length = 0
    expect((await opening()).book.revision).toBe(5)
    expect(told).toEqual([])
  })

  it('passes over snapshots of another pool', async () => {
    const { shelf, store, told } = await world()
    const { book } = await openBook(store, emptyPool('other'), shelf, { opened: (...all) => told.push(all) })
    expect([book.revision, told]).toEqual([-1, []])
  })

  it('ends with a fork where a snapshot lies beyond the last event', async () => {
    const { shelf } = await world()
    await expect(openBook(openMemoryStore(), emptyPool('main'), shelf, {})).rejects.toMatchObject({
      name: 'Halted',
      reason: 'fork',
      message:
        'the snapshot of main at revision 4 lies beyond the last event, -1: ledger-main was restored from a backup, or is another one; nothing is decided before somebody has looked',
    })
  })

  it('ends with a fork where a snapshot is of another history', async () => {
    const { shelf } = await world()
    const other = openMemoryStore()
    const writer = await openLedger('main', other, handClock().scheduler, forever)
    await writer.submit([registerUsd, open('bob'), open('carol'), open('dave'), open('erin')])
    await expect(openBook(other, emptyPool('main'), shelf, {})).rejects.toMatchObject({
      reason: 'fork',
      message: expect.stringContaining('the snapshot of main at revision 4 stands on another event than the one there'),
    })
  })

  it('folds from the first event where nothing was put aside', async () => {
    const { opening, disk, told } = await world()
    expect((await opening(folderShelf('/elsewhere', disk))).book.revision).toBe(5)
    expect(told).toEqual([])
  })
})

describe('a snapshot that nobody has proven', () => {
  it('is noted with the first revision that is decided on it, by whoever decides first', async () => {
    const { shelf, second, lead, opening } = await world()
    const standby = await lead()
    expect(await shelf.noted(second, 'decided')).toBeUndefined()
    await (await lead()).submit([deposit(5)])
    expect(await shelf.noted(second, 'decided')).toBe('6')
    await standby.submit([deposit(6)])
    await (await opening()).decides()
    expect(await shelf.noted(second, 'decided')).toBe('6')
  })

  it('is noted no more once it was proven', async () => {
    const { shelf, second, store, opening } = await world()
    const prover = await openProver(shelf, 'main', 1_000_000)
    const events = []
    for await (const event of store.read('ledger-main', 0)) events.push(event)
    expect((await prover.take(events, 5)).proven.map(({ revision }) => revision)).toEqual([2, 4])
    await (await opening()).decides()
    expect(await shelf.noted(second, 'decided')).toBeUndefined()
  })
})
