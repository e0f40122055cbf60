import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Pool, reducerVersion, type Snapshot, takeSnapshot } from '@novation/clearing'
import type { Millis } from '@novation/events'
import { type Disk, replaceFile, systemDisk } from '@novation/platform'

/** What is known of a snapshot before it is opened. */
export interface Label {
  readonly pool: string
  readonly revision: number
  readonly at: Millis
}

/** Where snapshots lie. They are caches: all of them may be thrown away at any time, and cost a longer fold. */
export interface Shelf {
  /** Those of this reducer, oldest first. */
  readonly labels: (pool: string) => readonly Label[]
  /** Lasts once it has answered. Throws `Halted` where the disk does not take it. */
  readonly put: (pool: Pool) => Promise<void>
  /** What lies there, unbelieved; nothing where it is gone or no JSON. */
  readonly open: (label: Label) => unknown
}

/** A shelf of whoever puts things there for himself alone, and so may clear it. */
export interface OwnShelf extends Shelf {
  /** Takes away those of a pool that need not be kept, and all of it that another reducer put there: nobody here can open them. */
  readonly clear: (pool: string, isKept: (label: Label) => boolean) => Promise<void>
}

const digits = 12
const nameOf = ({ pool, revision, at }: Label): string =>
  `${pool}.r${reducerVersion}.${String(revision).padStart(digits, '0')}.${at}.json`

const pattern = /^(.+)\.r(\d+)\.(\d+)\.(\d+)\.json$/

const labelOf = (name: string): Label | undefined => {
  const [, pool, reducer, revision, at] = pattern.exec(name) ?? []
  return pool === undefined || Number(reducer) !== reducerVersion
    ? undefined
    : { pool, revision: Number(revision), at: Number(at) }
}

const namesIn = (directory: string): readonly string[] => {
  try {
    return readdirSync(directory)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  }
}

/** A shelf that is a folder: one file a snapshot, named by pool, reducer, revision and time, there whole or not at all. */
export const folderShelf = (directory: string, disk: Disk = systemDisk): OwnShelf => ({
  labels: (pool) =>
    namesIn(directory)
      .flatMap((name) => labelOf(name) ?? [])
      .filter((label) => label.pool === pool)
      .sort((a, b) => a.revision - b.revision),
  put: async (pool) => {
    const path = join(directory, nameOf({ pool: pool.name, revision: pool.revision, at: pool.at }))
    const snapshot: Snapshot = takeSnapshot(pool)
    await replaceFile(disk, path, JSON.stringify(snapshot))
  },
  open: (label) => {
    try {
      return JSON.parse(readFileSync(join(directory, nameOf(label)), 'utf8'))
    } catch {
      return undefined
    }
  },
  clear: async (pool, isKept) => {
    for (const name of namesIn(directory)) {
      const label = labelOf(name)
      if (pattern.exec(name)?.[1] === pool && (label === undefined || !isKept(label)))
        await disk.remove(join(directory, name))
    }
  },
})
