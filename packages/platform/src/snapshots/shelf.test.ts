import { copyOf, judge, stateHash } from '@novation/clearing'
import { openMemoryDisk } from '../disk/memory-disk'
import { type Found, nameOf } from './kept'
import { day, decideAll } from './kit/history'
import { folderShelf, remembersAlike } from './shelf'

const { book } = decideAll(day)
const half = decideAll(day.slice(0, 40)).book

/** A shelf on a disk of its own, with the state of half a day and that of the whole one. */
const filled = async () => {
  const room = openMemoryDisk()
  const disk = room.mount()
  const shelf = folderShelf('/snapshots', disk)
  const first = await shelf.put(half, true)
  const second = await shelf.put(book, true, first)
  return { room, disk, shelf, first, second }
}

const openedFrom = async (shelf: ReturnType<typeof folderShelf>, found: Found) => {
  const opened = await shelf.open(found)
  if (opened._tag === 'Left') throw new Error(opened.left)
  return opened.right
}

describe('a snapshot on a shelf', () => {
  it('is opened as the book that was put aside, with all that it remembers', async () => {
    const { shelf, second } = await filled()
    const again = await openedFrom(shelf, second)
    expect(stateHash(again)).toBe(stateHash(book))
    expect(again.outcomes.bytes()).toEqual(book.outcomes.bytes())
    expect(again.trades.bytes()).toEqual(book.trades.bytes())
    expect(second.state).toBe(stateHash(book))
  })

  it('shares with the one before it what both remember', async () => {
    const { shelf, first, second } = await filled()
    expect(second.outcomes).toHaveLength(2)
    expect(second.outcomes[0]).toEqual(first.outcomes[0])
    expect(second.outcomes.map(({ records }) => records)).toEqual([
      half.outcomes.size,
      book.outcomes.size - half.outcomes.size,
    ])
    expect((await shelf.put(book, true, second)).outcomes).toEqual(second.outcomes)
  })

  it('is one of a pool, oldest first, and what else lies there is none', async () => {
    const { disk, shelf, first, second } = await filled()
    for (const name of ['readme', `other${nameOf(first)}x`, nameOf(first).replace('.r1.', '.r2.')])
      await (await disk.create(`/snapshots/${name}`)).close()
    expect((await shelf.labels('main')).map(({ revision }) => revision)).toEqual([first.revision, second.revision])
    expect(await shelf.labels('other')).toEqual([])
    expect(await folderShelf('/nowhere', disk).labels('main')).toEqual([])
  })

  it('remembers alike whoever went the same way, and nobody else', async () => {
    const { first, second } = await filled()
    expect([remembersAlike(book, second), remembersAlike(half, first)]).toEqual([true, true])
    expect([remembersAlike(half, second), remembersAlike(book, first)]).toEqual([false, false])
    const other = judge(copyOf(book))
    other.trades.clear()
    expect(remembersAlike(other, second)).toBe(false)
  })

  it('keeps notes as long as it says what it said then', async () => {
    const { shelf, first, second } = await filled()
    await shelf.note(second, 'proven', 'met')
    expect(await shelf.noted(second, 'proven')).toBe('met')
    expect([await shelf.noted(first, 'proven'), await shelf.noted(second, 'decided')]).toEqual([undefined, undefined])
    const again = await shelf.put(book, false)
    expect(await shelf.noted(again, 'proven')).toBeUndefined()
  })

  it('is gone once it is condemned, and what it held is there to be looked into', async () => {
    const { disk, shelf, first, second } = await filled()
    await shelf.condemn(second)
    expect((await shelf.labels('main')).map(({ revision }) => revision)).toEqual([first.revision])
    expect(await shelf.look(second)).toMatchObject({ left: 'it is not there any more' })
    expect(await disk.list('/snapshots')).toContain(`${nameOf(second)}.lied`)
  })
})

describe('thinning a shelf', () => {
  it('takes away the oldest that are passing, and what no other needs', async () => {
    const { disk, shelf, first, second } = await filled()
    await shelf.note(first, 'proven', 'made')
    await shelf.thin('main', 2)
    expect(await shelf.labels('main')).toHaveLength(2)
    await shelf.thin('main', 1)
    expect((await shelf.labels('main')).map(({ revision }) => revision)).toEqual([second.revision])
    const left = await disk.list('/snapshots')
    expect(left).toHaveLength(1 + 1 + second.outcomes.length + second.trades.length)
    await openedFrom(shelf, second)
  })

  it('leaves those that somebody wants kept', async () => {
    const { disk } = await filled()
    const shelf = folderShelf('/snapshots', disk)
    const kept = await shelf.put(half, false)
    await shelf.thin('main', 0)
    expect((await shelf.labels('main')).map(({ revision }) => revision)).toEqual([kept.revision])
    await openedFrom(shelf, kept)
  })
})

describe('a snapshot is not believed', () => {
  it('with any byte of it turned, wherever that lies', async () => {
    const { disk, shelf, second } = await filled()
    for (const name of await disk.list('/snapshots')) {
      if (name === nameOf(await filled().then(({ first }) => first))) continue
      const bytes = Buffer.from((await disk.readBytes(`/snapshots/${name}`)) ?? [])
      const stride = Math.max(1, Math.floor(bytes.length / 150))
      for (let at = 0; at < bytes.length; at += stride) {
        const turned = Buffer.from(bytes)
        turned[at] = (turned[at] ?? 0) ^ 1
        const file = await disk.create(`/snapshots/${name}`)
        await file.write(turned)
        const found = await shelf.look(second)
        const opened = found._tag === 'Left' ? found : await shelf.open(found.right)
        const needed =
          name.endsWith('.snapshot') ||
          [second.state, ...second.outcomes.map((p) => p.digest), ...second.trades.map((p) => p.digest)].some(
            (digest) => name.endsWith(digest),
          )
        expect([name, at, opened._tag]).toEqual([name, at, needed ? 'Left' : 'Right'])
      }
      await (await disk.create(`/snapshots/${name}`)).write(bytes)
    }
  })

  it('cut short anywhere', async () => {
    const { disk, shelf, second } = await filled()
    for (const name of [nameOf(second), `main.state.${second.state}`, `main.outcomes.${second.outcomes[1]?.digest}`]) {
      const bytes = Buffer.from((await disk.readBytes(`/snapshots/${name}`)) ?? [])
      for (const left of [0, 1, bytes.length >> 1, bytes.length - 52, bytes.length - 1]) {
        await (await disk.create(`/snapshots/${name}`)).write(bytes.subarray(0, left))
        const found = await shelf.look(second)
        const opened = found._tag === 'Left' ? found : await shelf.open(found.right)
        expect([name, left, opened._tag]).toEqual([name, left, 'Left'])
      }
      await (await disk.create(`/snapshots/${name}`)).write(bytes)
    }
    await openedFrom(shelf, second)
  })

  it('of another pool, revision or reducer than its name says', async () => {
    const { shelf, second } = await filled()
    expect(await shelf.open({ ...second, pool: 'other' })).toMatchObject({ left: expect.stringContaining('damaged') })
    expect(await shelf.open({ ...second, revision: 3 })).toMatchObject({
      left: `its state is that of pool main at revision ${second.revision}`,
    })
    expect(await shelf.open({ ...second, outcomes: second.outcomes.slice(0, 1) })).toMatchObject({ _tag: 'Right' })
    const more = second.outcomes.map((part) => ({ ...part, records: part.records + 1 }))
    expect(await shelf.open({ ...second, outcomes: more })).toMatchObject({ left: expect.stringContaining('more or') })
  })
})

describe('a snapshot that a power cut or a full disk ended', () => {
  it('is there whole or not at all', async () => {
    const ends = new Set<number>()
    for (let steps = 0; steps < 60; steps += 1) {
      const room = openMemoryDisk()
      await folderShelf('/snapshots', room.mount()).put(half, true)
      let left = steps
      const fault = () => (left-- <= 0 ? 'ENOSPC' : undefined)
      const putting = folderShelf('/snapshots', room.mount({ fault })).put(book, true)
      const done = await putting.then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject({ name: 'Halted', reason: 'disk-failed' })
          return false
        },
      )
      for (const choose of [() => 0, (count: number) => count - 1, (count: number) => count >> 1]) {
        const shelf = folderShelf('/snapshots', room.afterPowerCut(choose).mount())
        const labels = await shelf.labels('main')
        for (const label of labels) {
          const found = await shelf.look(label)
          if (found._tag === 'Left') throw new Error(found.left)
          await openedFrom(shelf, found.right)
        }
        ends.add(labels.length)
        if (done) expect(labels).toHaveLength(2)
      }
    }
    expect(ends).toEqual(new Set([1, 2]))
  })
})
