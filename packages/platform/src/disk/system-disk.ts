import { open, readdir, readFile, rename, rm } from 'node:fs/promises'
import type { Disk } from './disk'
import { makeFolder, syncFolder } from './folders'

/** What is read, or nothing where there is no such file or folder. */
const ifThere = async <A>(reading: Promise<A>): Promise<A | undefined> => {
  try {
    return await reading
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The disk of this machine. */
export const systemDisk: Disk = {
  makeFolder: async (path) => makeFolder(path),
  read: (path) => ifThere(readFile(path, 'utf8')),
  readBytes: (path) => ifThere(readFile(path)),
  list: async (folder) => (await ifThere(readdir(folder))) ?? [],
  remove: (path) => rm(path, { force: true }),
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
