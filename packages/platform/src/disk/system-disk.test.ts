import fs, { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { replaceFile } from './replace-file'
import { systemDisk } from './system-disk'

const folder = mkdtempSync(join(tmpdir(), 'novation-system-disk-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => jest.restoreAllMocks())

/** Hears what is synced, each by the name of the file that the operating system was given. */
const listening = async (): Promise<readonly string[]> => {
  const heard: string[] = []
  const nameOf = (handle: number): string => fs.readlinkSync(`/proc/self/fd/${handle}`).slice(folder.length)
  const own = fs.fsyncSync
  jest.spyOn(fs, 'fsyncSync').mockImplementation((handle) => {
    heard.push(nameOf(handle))
    own(handle)
  })
  const handle = await open(join(folder, 'any'), 'w')
  const prototype: { sync(): Promise<void> } = Object.getPrototypeOf(handle)
  await handle.close()
  const { sync } = prototype
  jest.spyOn(prototype, 'sync').mockImplementation(function (this: { readonly fd: number }) {
    heard.push(nameOf(this.fd))
    return sync.call(this)
  })
  return heard
}

describe("the machine's disk", () => {
  it('is asked to sync every folder that a new one stands in, the file, and the folder it stands in', async () => {
    const heard = await listening()
    await replaceFile(systemDisk, join(folder, 'data', 'margin', 'place.json'), 'text')
    expect(heard).toEqual(['/data', '', '/data/margin/place.json.new', '/data/margin'])
  })

  it('is asked for no more where the folders are there', async () => {
    const heard = await listening()
    await replaceFile(systemDisk, join(folder, 'data', 'margin', 'place.json'), 'text')
    expect(heard).toEqual(['/data/margin/place.json.new', '/data/margin'])
  })
})
