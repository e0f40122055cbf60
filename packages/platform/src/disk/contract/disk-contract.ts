import { join } from 'node:path'
import type { Disk } from '../disk'

/** The rules of the port while nothing fails, for every disk the same. `folder` is one that is not there yet. */
export const diskContract = (name: string, open: () => { readonly disk: Disk; readonly folder: string }): void =>
  describe(`${name} keeps the contract of Disk: it`, () => {
    const put = async (disk: Disk, path: string, ...texts: readonly string[]): Promise<void> => {
      const file = await disk.create(path)
      for (const text of texts) expect(await file.write(Buffer.from(text))).toBe(Buffer.byteLength(text))
      await file.sync()
      await file.close()
    }

    it('reads nothing where there is no file, nor a folder', async () => {
      const { disk, folder } = open()
      expect(await disk.read(join(folder, 'a'))).toBeUndefined()
      await disk.makeFolder(folder)
      expect(await disk.read(join(folder, 'a'))).toBeUndefined()
    })

    it('gives back what was written, piece after piece', async () => {
      const { disk, folder } = open()
      await disk.makeFolder(folder)
      await put(disk, join(folder, 'a'), 'Zürich ', '東京')
      expect(await disk.read(join(folder, 'a'))).toBe('Zürich 東京')
    })

    it('gives back the bytes that were written, and none where there is no file', async () => {
      const { disk, folder } = open()
      await disk.makeFolder(folder)
      await put(disk, join(folder, 'a'), 'Zürich')
      expect(Buffer.from((await disk.readBytes(join(folder, 'a'))) ?? [])).toEqual(Buffer.from('Zürich'))
      expect(await disk.readBytes(join(folder, 'b'))).toBeUndefined()
    })

    it('lists what stands in a folder, and nothing of one that is not there', async () => {
      const { disk, folder } = open()
      expect(await disk.list(folder)).toEqual([])
      await disk.makeFolder(folder)
      await put(disk, join(folder, 'a'), 'one')
      await put(disk, join(folder, 'b'), 'other')
      expect([...(await disk.list(folder))].sort()).toEqual(['a', 'b'])
    })

    it('takes a file away, and minds none that is not there', async () => {
      const { disk, folder } = open()
      await disk.makeFolder(folder)
      await put(disk, join(folder, 'a'), 'text')
      await disk.remove(join(folder, 'a'))
      await disk.remove(join(folder, 'a'))
      expect([await disk.read(join(folder, 'a')), await disk.list(folder)]).toEqual([undefined, []])
    })

    it('makes the folders above a folder, and leaves one that is there as it is', async () => {
      const { disk, folder } = open()
      const deep = join(folder, 'b', 'c')
      await disk.makeFolder(deep)
      await put(disk, join(deep, 'a'), 'kept')
      await disk.makeFolder(deep)
      await disk.syncFolder(deep)
      expect(await disk.read(join(deep, 'a'))).toBe('kept')
    })

    it('begins a file anew that is there already', async () => {
      const { disk, folder } = open()
      await disk.makeFolder(folder)
      await put(disk, join(folder, 'a'), 'a long text')
      await put(disk, join(folder, 'a'), 'short')
      expect(await disk.read(join(folder, 'a'))).toBe('short')
    })

    it('gives a file another name, in place of what had it', async () => {
      const { disk, folder } = open()
      await disk.makeFolder(folder)
      await put(disk, join(folder, 'a'), 'new')
      await put(disk, join(folder, 'b'), 'old')
      await disk.rename(join(folder, 'a'), join(folder, 'b'))
      expect([await disk.read(join(folder, 'a')), await disk.read(join(folder, 'b'))]).toEqual([undefined, 'new'])
    })

    it('refuses a file in a folder that is not there, and to name what is not there', async () => {
      const { disk, folder } = open()
      await expect(disk.create(join(folder, 'a'))).rejects.toMatchObject({ code: 'ENOENT' })
      await disk.makeFolder(folder)
      await expect(disk.rename(join(folder, 'a'), join(folder, 'b'))).rejects.toMatchObject({ code: 'ENOENT' })
    })
  })
