import { cutAfter } from './contract/cut-after'
import { everyChoice } from './contract/every-choice'
import { type DiskFault, type DiskStep, type MemoryDisk, openMemoryDisk } from './memory-disk'
import { replaceFile } from './replace-file'

const path = '/data/margin/place.json'
const [old, young] = ['an old text, whole', 'a young text, which is longer']

/** A disk that holds the old file, as one that was written long ago. */
const withOld = async (): Promise<MemoryDisk> => {
  const room = openMemoryDisk()
  await replaceFile(room.mount(), path, old)
  return room
}

const stepsOf = async (room: MemoryDisk): Promise<readonly DiskStep[]> => {
  const steps: DiskStep[] = []
  await replaceFile(room.mount({ did: (step) => void steps.push(step) }), path, young)
  return steps
}

describe('a file that is replaced', () => {
  it('is written beside, synced, renamed, and its folder synced, in this order', async () => {
    expect((await stepsOf(await withOld())).map(({ verb, path: on }) => `${verb} ${on}`)).toEqual([
      'makeFolder /data/margin',
      `create ${path}.new`,
      `write ${path}.new`,
      `sync ${path}.new`,
      `rename ${path}`,
      'syncFolder /data/margin',
    ])
  })

  it('is the old one or the new one, whole, wherever the power is cut and whatever that takes', async () => {
    const { length } = await stepsOf(await withOld())
    const found = new Set<string | undefined>()
    const ways = await everyChoice(async (choose) => {
      const room = await withOld()
      void replaceFile(room.mount(cutAfter(choose(length + 1))), path, young)
      for (let turns = 0; turns < 5 * length; turns += 1) await Promise.resolve()
      const disk = room.afterPowerCut(choose).mount()
      found.add(await disk.read(path))
      await replaceFile(disk, path, young)
      expect(await disk.read(path)).toBe(young)
    })
    expect(found).toEqual(new Set([old, young]))
    expect(ways).toBeGreaterThan(length)
  })

  it('is there for good once that was said', async () => {
    const room = await withOld()
    await replaceFile(room.mount(), path, young)
    await everyChoice(async (choose) => {
      expect(await room.afterPowerCut(choose).mount().read(path)).toBe(young)
    })
  })

  it.each<[string, DiskStep['verb'], DiskFault]>([
    ['its folder cannot be made', 'makeFolder', 'EIO'],
    ['the disk has no room for a name', 'create', 'ENOSPC'],
    ['a write fails', 'write', 'EIO'],
    ['the disk is full', 'write', 'ENOSPC'],
    ['it cannot be synced', 'sync', 'EIO'],
    ['it cannot be renamed', 'rename', 'EIO'],
    ['its folder cannot be synced', 'syncFolder', 'EIO'],
  ])('is not acknowledged where %s, and is the old one or the new one', async (_, verb, fault) => {
    const room = await withOld()
    const done: DiskStep['verb'][] = []
    const disk = room.mount({
      fault: (step) => (step.verb === verb ? fault : undefined),
      did: (step) => void done.push(step.verb),
    })
    await expect(replaceFile(disk, path, young)).rejects.toMatchObject({
      name: 'Halted',
      reason: 'disk-failed',
      message: expect.stringMatching(new RegExp(`^${path} cannot be written to last: ${fault}: ${verb}`)),
    })
    const order: readonly DiskStep['verb'][] = ['makeFolder', 'create', 'write', 'sync', 'rename', 'syncFolder']
    expect(done).toEqual(order.slice(0, order.indexOf(verb)))
    await everyChoice(async (choose) => {
      expect([old, young]).toContain(await room.afterPowerCut(choose).mount().read(path))
    })
  })

  it('is whole though the disk takes half of what it is given each time', async () => {
    const room = await withOld()
    const disk = room.mount({ fault: ({ verb }) => (verb === 'write' ? 'short' : undefined) })
    await replaceFile(disk, path, young)
    expect(
      await room
        .afterPowerCut(() => 0)
        .mount()
        .read(path),
    ).toBe(young)
  })

  it('is not acknowledged by a disk that took half of it before it was full', async () => {
    const room = await withOld()
    let writes = 0
    const disk = room.mount({
      fault: ({ verb }) => (verb !== 'write' ? undefined : writes++ === 0 ? 'short' : 'ENOSPC'),
    })
    await expect(replaceFile(disk, path, young)).rejects.toMatchObject({ reason: 'disk-failed' })
    expect(await disk.read(path)).toBe(old)
  })

  it('is not acknowledged by a disk that takes nothing and says nothing', async () => {
    const mounted = (await withOld()).mount()
    const idle = {
      ...mounted,
      create: async (name: string) => ({ ...(await mounted.create(name)), write: async () => 0 }),
    }
    await expect(replaceFile(idle, path, young)).rejects.toThrow('takes no more bytes')
  })
})
