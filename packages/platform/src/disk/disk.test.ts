import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diskContract } from './contract/disk-contract'
import { everyChoice } from './contract/every-choice'
import { type Choose, type MemoryDisk, openMemoryDisk } from './memory-disk'
import { systemDisk } from './system-disk'

const folder = mkdtempSync(join(tmpdir(), 'novation-disk-'))
afterAll(() => rmSync(folder, { recursive: true }))
let folders = 0

diskContract("the machine's disk", () => ({ disk: systemDisk, folder: join(folder, String(folders++), 'new') }))
diskContract('the disk in memory', () => ({ disk: openMemoryDisk().mount(), folder: '/data/new' }))

describe('a power cut', () => {
  const begin = async (text: string) => {
    const room = openMemoryDisk()
    const disk = room.mount()
    await disk.makeFolder('/d')
    const file = await disk.create('/d/a')
    await file.write(Buffer.from(text))
    return { room, disk, file }
  }

  /** All that a file may be after the power was cut. */
  const left = async (room: MemoryDisk, path = '/d/a'): Promise<ReadonlySet<string | undefined>> => {
    const found = new Set<string | undefined>()
    await everyChoice(async (choose: Choose) => {
      found.add(await room.afterPowerCut(choose).mount().read(path))
    })
    return found
  }

  it('may take a name whose folder was not synced, though the file was', async () => {
    const { room, file } = await begin('text')
    await file.sync()
    expect(await left(room)).toEqual(new Set([undefined, 'text']))
  })

  it('may take all or half of what was not synced, or leave zeros in its place', async () => {
    const { room, disk } = await begin('text')
    await disk.syncFolder('/d')
    expect(await left(room)).toEqual(new Set(['', 'text', 'te', '\0\0xt']))
  })

  it('leaves what was synced, name and text', async () => {
    const { room, disk, file } = await begin('text')
    await file.sync()
    await disk.syncFolder('/d')
    expect(await left(room)).toEqual(new Set(['text']))
  })

  it('may take a rename whose folder was not synced: then the old file is there', async () => {
    const { room, disk, file } = await begin('old')
    await file.sync()
    const newer = await disk.create('/d/b')
    await newer.write(Buffer.from('new'))
    await newer.sync()
    await disk.syncFolder('/d')
    await disk.rename('/d/b', '/d/a')
    expect(await left(room)).toEqual(new Set(['old', 'new']))
    await disk.syncFolder('/d')
    expect(await left(room)).toEqual(new Set(['new']))
  })

  it('takes what a failed sync was for, though a second sync succeeded', async () => {
    const room = openMemoryDisk()
    let fails = 1
    const disk = room.mount({ fault: ({ verb }) => (verb === 'sync' && fails-- > 0 ? 'EIO' : undefined) })
    await disk.makeFolder('/d')
    const file = await disk.create('/d/a')
    await disk.syncFolder('/d')
    await file.write(Buffer.from('text'))
    await expect(file.sync()).rejects.toMatchObject({ code: 'EIO' })
    await file.sync()
    expect(await disk.read('/d/a')).toBe('text')
    expect(await left(room)).toContain('')
  })

  it('may bring back a file that was taken away, until its folder is synced', async () => {
    const { room, disk, file } = await begin('text')
    await file.sync()
    await disk.syncFolder('/d')
    await disk.remove('/d/a')
    expect(await left(room)).toEqual(new Set([undefined, 'text']))
    await disk.syncFolder('/d')
    expect(await left(room)).toEqual(new Set([undefined]))
  })

  it('is survived by the disk, which is written as before', async () => {
    const { room } = await begin('text')
    const disk = room.afterPowerCut(() => 0).mount()
    const file = await disk.create('/d/a')
    await file.write(Buffer.from('again'))
    expect(await disk.read('/d/a')).toBe('again')
  })
})
