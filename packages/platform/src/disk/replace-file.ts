import { dirname } from 'node:path'
import { Halted } from '../host/halt'
import type { Disk, DiskFile } from './disk'

/** A disk may take less than it is given, as one does that has no room left. */
const writeAll = async (file: DiskFile, content: Uint8Array): Promise<void> => {
  for (let bytes = content; bytes.length > 0; ) {
    const taken = await file.write(bytes)
    if (taken <= 0) throw new Error('the disk takes no more bytes')
    bytes = bytes.subarray(taken)
  }
}

/**
 * Puts a text, or bytes, where a file is or will be, whole or not at all, also when the power fails; once this has answered, it
 * lasts. Throws `Halted` of reason `disk-failed` where the disk does not take it: then the file is the old one or the new
 * one, and whoever needs the new one may not go on as if it were there.
 */
export const replaceFile = async (disk: Disk, path: string, content: string | Uint8Array): Promise<void> => {
  const beside = `${path}.new`
  try {
    await disk.makeFolder(dirname(path))
    const file = await disk.create(beside)
    try {
      await writeAll(file, typeof content === 'string' ? Buffer.from(content) : content)
      await file.sync()
    } finally {
      await file.close()
    }
    await disk.rename(beside, path)
    await disk.syncFolder(dirname(path))
  } catch (error) {
    throw new Halted('disk-failed', `${path} cannot be written to last: ${(error as Error).message}`)
  }
}
