import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type Book, type PartSizes, type Pool, readStateText, reducerVersion, stateText } from '@novation/clearing'
import { type Either, left, right } from 'fp-ts/Either'
import type { Disk } from '../disk/disk'
import { replaceFile } from '../disk/replace-file'
import { systemDisk } from '../disk/system-disk'
import { Halted } from '../host/halt'
import { type Found, type Kept, type Label, labelOf, nameOf, type Part, readKept, writeKept } from './kept'

/** Where snapshots lie. They are caches: all of them may be thrown away at any time, and cost a longer fold. */
export interface Shelf {
  /** Those of this reducer, oldest first. */
  readonly labels: (pool: string) => Promise<readonly Label[]>
  /** What a snapshot says of itself, or why that is not believed. */
  readonly look: (label: Label) => Promise<Either<string, Found>>
  /**
   * The book of a snapshot, nobody judged yet, once every byte of it has been held against the digests it says; or why it
   * is not to be used.
   */
  readonly open: (found: Found, parts?: PartSizes) => Promise<Either<string, Book>>
  /**
   * Puts a state aside, to last once this has answered. Of what it remembers, only what came after `before` is written:
   * a snapshot that this very book was opened from, or put aside as.
   */
  readonly put: (pool: Pool, isPassing: boolean, before?: Kept) => Promise<Found>
  /** Takes away what its maker meant to pass, but for so many of the newest. */
  readonly thin: (pool: string, spared: number) => Promise<void>
  /** A word that is kept beside a snapshot, and holds for it as it is now. */
  readonly note: (found: Found, what: Note, word: string) => Promise<void>
  readonly noted: (found: Found, what: Note) => Promise<string | undefined>
  /** Puts a snapshot that lied out of everybody's way; what it held stays, for whoever looks into it. */
  readonly condemn: (label: Label) => Promise<void>
}

/** `proven`: by whom. `decided`: the first revision that was decided on it while it was not proven. */
export type Note = 'proven' | 'decided'

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

type Remembered = 'outcomes' | 'trades'
const remembered: readonly Remembered[] = ['outcomes', 'trades']

const recordsIn = (parts: readonly Part[]): number => parts.reduce((sum, { records }) => sum + records, 0)

/** Whether what a book remembers is what a snapshot says, wherever that has it divided. */
export const remembersAlike = (pool: Pool, kept: Kept): boolean =>
  remembered.every((what) => {
    let from = 0
    const bytes = pool[what].bytes()
    const width = bytes.length / (pool[what].size || 1)
    return (
      recordsIn(kept[what]) === pool[what].size &&
      kept[what].every(({ records, digest }) => {
        const part = bytes.subarray(from * width, (from + records) * width)
        from += records
        return digestOf(part) === digest
      })
    )
  })

/** A shelf that is a folder. A snapshot is there whole or not at all: what it says of itself is written last. */
export const folderShelf = (directory: string, disk: Disk = systemDisk): Shelf => {
  const pathOf = (name: string): string => join(directory, name)
  const partName = (pool: string, what: Remembered | 'state', digest: string): string => `${pool}.${what}.${digest}`
  const noteName = (label: Label, what: Note): string => `${nameOf(label)}.${what}`

  const asked = async <A>(path: string, answer: Promise<A>): Promise<A> => {
    try {
      return await answer
    } catch (error) {
      throw new Halted('disk-failed', `${path} cannot be read or changed: ${(error as Error).message}`)
    }
  }

  const remove = (name: string): Promise<void> => asked(pathOf(name), disk.remove(pathOf(name)))

  /** The bytes of a file, where they are what its name says. */
  const whole = async (name: string, digest: string): Promise<Uint8Array | undefined> => {
    const bytes = await asked(pathOf(name), disk.readBytes(pathOf(name)))
    return bytes !== undefined && digestOf(bytes) === digest ? bytes : undefined
  }

  const labels: Shelf['labels'] = async (pool) =>
    (await asked(directory, disk.list(directory)))
      .flatMap((name) => labelOf(name) ?? [])
      .filter((label) => label.pool === pool)
      .sort((a, b) => a.revision - b.revision)

  const look: Shelf['look'] = async (label) => {
    const path = pathOf(nameOf(label))
    const text = await asked(path, disk.read(path))
    return text === undefined ? left('it is not there any more') : readKept(label, text)
  }

  const load = async (book: Book, { pool, ...kept }: Kept, what: Remembered): Promise<string | undefined> => {
    for (const { records, digest } of kept[what]) {
      const bytes = await whole(partName(pool, what, digest), digest)
      if (bytes === undefined) return `${what} of it are damaged or missing`
      const before = book[what].size
      book[what].load(bytes)
      if (book[what].size !== before + records) return `${what} of it are more or fewer than it says`
    }
    return undefined
  }

  const opened = async (found: Found, parts?: PartSizes): Promise<Either<string, Book>> => {
    const bytes = await whole(partName(found.pool, 'state', found.state), found.state)
    if (bytes === undefined) return left('its state is damaged or missing')
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
    const book = readStateText(text, parts)
    const { name, revision, at, head } = book
    if (name !== found.pool || revision !== found.revision || at !== found.at || head !== found.head)
      return left(`its state is that of pool ${name} at revision ${revision}`)
    for (const what of remembered) {
      const wrong = await load(book, found, what)
      if (wrong !== undefined) return left(wrong)
    }
    return right(book)
  }

  /** Writes what came after so many parts, and answers all of them. */
  const putPart = async (pool: Pool, what: Remembered, before: readonly Part[]): Promise<readonly Part[]> => {
    const from = recordsIn(before)
    const bytes = pool[what].bytes(from)
    if (bytes.length === 0) return before
    const digest = digestOf(bytes)
    await replaceFile(disk, pathOf(partName(pool.name, what, digest)), bytes)
    return [...before, { records: pool[what].size - from, digest }]
  }

  const filesOf = (kept: Kept): readonly string[] => [
    partName(kept.pool, 'state', kept.state),
    ...remembered.flatMap((what) => kept[what].map(({ digest }) => partName(kept.pool, what, digest))),
  ]

  const believed = async (pool: string): Promise<readonly Found[]> => {
    const found = await Promise.all((await labels(pool)).map(look))
    return found.flatMap((each) => (each._tag === 'Right' ? [each.right] : []))
  }

  return {
    labels,
    look,
    open: async (found, parts) => {
      try {
        return await opened(found, parts)
      } catch (error) {
        if (error instanceof Halted) throw error
        return left(`unreadable: ${(error as Error).message}`)
      }
    },
    put: async (pool, isPassing, before) => {
      const text = Buffer.from(stateText(pool))
      const { name, revision, at, head } = pool
      const kept: Kept = {
        reducer: reducerVersion,
        pool: name,
        revision,
        at,
        head,
        state: digestOf(text),
        state_bytes: text.length,
        outcomes: await putPart(pool, 'outcomes', before?.outcomes ?? []),
        trades: await putPart(pool, 'trades', before?.trades ?? []),
        isPassing,
      }
      await replaceFile(disk, pathOf(partName(name, 'state', kept.state)), text)
      await replaceFile(disk, pathOf(nameOf(kept)), writeKept(kept))
      const found = readKept(kept, writeKept(kept))
      if (found._tag === 'Left') throw new Error(`a snapshot cannot be read as it was written: ${found.left}`)
      return found.right
    },
    thin: async (pool, spared) => {
      const all = await believed(pool)
      const passing = all.filter(({ isPassing }) => isPassing)
      const gone = passing.slice(0, Math.max(0, passing.length - spared))
      const needed = new Set(all.filter((found) => !gone.includes(found)).flatMap(filesOf))
      for (const found of gone) {
        for (const name of [nameOf(found), noteName(found, 'proven'), noteName(found, 'decided')]) await remove(name)
        for (const name of filesOf(found)) if (!needed.has(name)) await remove(name)
      }
    },
    note: (found, what, word) => replaceFile(disk, pathOf(noteName(found, what)), `${found.digest} ${word}\n`),
    noted: async (found, what) => {
      const path = pathOf(noteName(found, what))
      const [digest, word] = (await asked(path, disk.read(path)))?.trimEnd().split(' ') ?? []
      return digest === found.digest ? word : undefined
    },
    condemn: async (label) => {
      const path = pathOf(nameOf(label))
      await asked(path, disk.rename(path, `${path}.lied`))
      await asked(directory, disk.syncFolder(directory))
    },
  }
}
