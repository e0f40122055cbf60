import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk of its own, of the size a test wants. */
export interface SmallDisk {
  readonly folder: string
  readonly resize: (kib: number) => void
  readonly remove: () => void
}

const mount = (...words: readonly string[]): string | undefined => {
  const { status, error, stderr } = spawnSync('mount', words, { encoding: 'utf8' })
  return status === 0 ? undefined : (error?.message ?? stderr.trim())
}

/** Mounts a disk of so many KiB; where this machine or this user may not, answers why. */
export const mountSmallDisk = (kib: number): SmallDisk | string => {
  const folder = mkdtempSync(join(tmpdir(), 'novation-small-disk-'))
  const refused = mount('-t', 'tmpfs', '-o', `size=${kib}k`, 'novation-small-disk', folder)
  if (refused !== undefined) {
    rmdirSync(folder)
    return refused
  }
  return {
    folder,
    resize: (to) => {
      const kept = mount('-o', `remount,size=${to}k`, folder)
      if (kept !== undefined) throw new Error(kept)
    },
    remove: () => {
      // A connection that was closed keeps its file until it is collected: the disk is gone when the last of them is.
      spawnSync('umount', ['--lazy', folder])
      rmdirSync(folder)
    },
  }
}
