import { basename, dirname } from 'node:path'
import type { Disk, DiskFile } from './disk'

/** One thing that a disk is asked to do. */
export interface DiskStep {
  readonly verb: 'makeFolder' | 'read' | 'list' | 'create' | 'write' | 'sync' | 'rename' | 'remove' | 'syncFolder'
  readonly path: string
}

/** What goes wrong with a step: the operating system's error, or a write that takes only half of what it is given. */
export type DiskFault = 'EIO' | 'ENOSPC' | 'short'

export interface Mount {
  /** Does a step when its time has come: at once, where nobody says. */
  readonly pace?: <A>(step: () => A) => Promise<A>
  readonly fault?: (step: DiskStep) => DiskFault | undefined
  /** Hears of every step that was done. */
  readonly did?: (step: DiskStep) => void
}

/** Which of so many things that a power cut may do it does: 0 is the first. */
export type Choose = (count: number) => number

/** A disk in memory, as strict as a real one: it forgets what was not synced when the power is cut. */
export interface MemoryDisk {
  /** The disk as one process sees it. Processes come and go, and what they have written stays. */
  readonly mount: (how?: Mount) => Disk
  /** What is left of the disk when the power is cut now. */
  readonly afterPowerCut: (choose: Choose) => MemoryDisk
}

/** What has a name on a disk: as a process reads it, and as a power cut leaves it. */
interface Inode {
  content: Buffer
  lasting: Buffer
  /** A sync has failed: what it could not write counts as written from then on, so no later one writes it either. */
  isLost: boolean
}

const fileFor = (content: Buffer): Inode => ({ content, lasting: content, isLost: false })

type Names = Map<string, Inode>

/** A change of names that its folder has not been synced after. */
interface Renaming {
  readonly folder: string
  readonly apply: (names: Names) => void
}

const failure = (code: string, { verb, path }: DiskStep): Error =>
  Object.assign(new Error(`${code}: ${verb} '${path}'`), { code })

/** Bytes that were never synced are there, or not, or in part, or as the zeros that stood on the disk before. */
const remains = ({ content, lasting }: Inode, choose: Choose): Buffer => {
  if (content.equals(lasting)) return lasting
  const half = content.length >> 1
  const zeros = Buffer.concat([Buffer.alloc(half), content.subarray(half)])
  return [lasting, content, content.subarray(0, half), zeros][choose(4)] ?? lasting
}

const diskOf = (names: Names, folders: Set<string>): MemoryDisk => {
  const lasting: Names = new Map(names)
  let pending: readonly Renaming[] = []

  const rename = (folder: string, apply: (names: Names) => void): void => {
    apply(names)
    pending = [...pending, { folder, apply }]
  }

  const afterPowerCut = (choose: Choose): MemoryDisk => {
    const left: Names = new Map(lasting)
    for (const { apply } of pending) if (choose(2) === 1) apply(left)
    const kept = [...left].map(([path, inode]): [string, Inode] => [path, fileFor(remains(inode, choose))])
    return diskOf(new Map(kept), new Set(folders))
  }

  const mount = ({ pace = async (step) => step(), fault, did }: Mount = {}): Disk => {
    /** Does a step, or what becomes of it where something goes wrong; `broken` is what that leaves behind. */
    const step = <A>(what: DiskStep, work: (fault?: DiskFault) => A, broken?: () => void): Promise<A> =>
      pace(() => {
        const wrong = fault?.(what)
        if (wrong === 'EIO' || wrong === 'ENOSPC') {
          broken?.()
          throw failure(wrong, what)
        }
        const done = work(wrong)
        did?.(what)
        return done
      })

    const fileOf = (path: string, inode: Inode): DiskFile => ({
      write: (bytes) =>
        step({ verb: 'write', path }, (wrong) => {
          const taken = wrong === 'short' ? bytes.subarray(0, bytes.length >> 1 || 1) : bytes
          inode.content = Buffer.concat([inode.content, taken])
          return taken.length
        }),
      sync: () =>
        step(
          { verb: 'sync', path },
          () => {
            if (!inode.isLost) inode.lasting = inode.content
          },
          () => {
            inode.isLost = true
          },
        ),
      close: async () => undefined,
    })

    return {
      makeFolder: (path) =>
        step({ verb: 'makeFolder', path }, () => {
          for (let folder = path; !folders.has(folder); folder = dirname(folder)) folders.add(folder)
        }),
      read: (path) => step({ verb: 'read', path }, () => names.get(path)?.content.toString('utf8')),
      readBytes: (path) => step({ verb: 'read', path }, () => names.get(path)?.content),
      list: (folder) =>
        step({ verb: 'list', path: folder }, () =>
          [...names.keys()].flatMap((path) => (dirname(path) === folder ? [basename(path)] : [])),
        ),
      remove: (path) =>
        step({ verb: 'remove', path }, () => {
          if (names.has(path)) rename(dirname(path), (all) => void all.delete(path))
        }),
      create: (path) =>
        step({ verb: 'create', path }, () => {
          const folder = dirname(path)
          if (!folders.has(folder)) throw failure('ENOENT', { verb: 'create', path })
          const inode = names.get(path) ?? fileFor(Buffer.alloc(0))
          inode.content = Buffer.alloc(0)
          inode.isLost = false
          if (!names.has(path)) rename(folder, (all) => void all.set(path, inode))
          return fileOf(path, inode)
        }),
      rename: (from, to) =>
        step({ verb: 'rename', path: to }, () => {
          const inode = names.get(from)
          if (inode === undefined) throw failure('ENOENT', { verb: 'rename', path: from })
          rename(dirname(to), (all) => {
            all.delete(from)
            all.set(to, inode)
          })
        }),
      syncFolder: (path) =>
        step({ verb: 'syncFolder', path }, () => {
          for (const { folder, apply } of pending) if (folder === path) apply(lasting)
          pending = pending.filter(({ folder }) => folder !== path)
        }),
    }
  }

  return { mount, afterPowerCut }
}

/** An empty disk. */
export const openMemoryDisk = (): MemoryDisk => diskOf(new Map(), new Set(['/', '.']))
