import { open, readFile, rename } from 'node:fs/promises'
import type { Disk } from './disk'
import { makeFolder, syncFolder } from './folders'

/** The disk of this machine. */
export const systemDisk: Disk = {
  makeFolder: async (path) => makeFolder(path),
  read: async (path) => {
    try {
      return await readFile(path, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  },
  create: async (path) => {
    const file = await open(path, 'w')
    return {
      write: async (bytes) => (await file.write(bytes)).bytesWritten,
      sync: () => file.sync(),
      close: () => file.close(),
    }
  },
  rename,
  syncFolder: async (path) => syncFolder(path),
}
