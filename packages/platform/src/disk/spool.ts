import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** A text that is being written: nobody finds it before it is kept. */
export interface Writing {
  readonly write: (text: string) => Promise<void>
  /** Puts it where one of its name is, or will be; answers how many bytes it is. */
  readonly keep: () => Promise<number>
  readonly drop: () => Promise<void>
}

/**
 * Long texts that can be made again, a file each in a folder of their own: made by one and fetched by another later. They outlive a process,
 * and not always a power cut.
 */
export interface Spool {
  readonly list: () => Promise<readonly string[]>
  readonly write: (name: string) => Promise<Writing>
  /** What was kept under a name, in pieces; nothing where there is none. */
  readonly read: (
    name: string,
  ) => Promise<{ readonly bytes: number; readonly pieces: AsyncIterable<Uint8Array> } | undefined>
  readonly remove: (name: string) => Promise<void>
}

const unfinished = '.new'
const piece_bytes = 64 * 1024

const ifThere = async <A>(reading: Promise<A>): Promise<A | undefined> => {
  try {
    return await reading
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function* piecesOf(path: string): AsyncGenerator<Uint8Array, void> {
  const file = await open(path)
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(piece_bytes))
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

export const openSpool = (folder: string): Spool => ({
  list: async () => ((await ifThere(readdir(folder))) ?? []).filter((name) => !name.endsWith(unfinished)),
  write: async (name) => {
    const [path, beside] = [join(folder, name), join(folder, `${name}${unfinished}`)]
    await mkdir(folder, { recursive: true })
    const file = await open(beside, 'w')
    let waiting = ''
    const flush = async (): Promise<void> => {
      const text = waiting
      waiting = ''
      await file.appendFile(text)
    }
    return {
      write: async (text) => {
        waiting += text
        if (waiting.length >= piece_bytes) await flush()
      },
      keep: async () => {
        try {
          await flush()
        } finally {
          await file.close()
        }
        await rename(beside, path)
        return (await stat(path)).size
      },
      drop: async () => {
        await file.close()
        await rm(beside, { force: true })
      },
    }
  },
  read: async (name) => {
    const path = join(folder, name)
    const found = await ifThere(stat(path))
    return found === undefined ? undefined : { bytes: found.size, pieces: piecesOf(path) }
  },
  remove: (name) => rm(join(folder, name), { force: true }),
})
