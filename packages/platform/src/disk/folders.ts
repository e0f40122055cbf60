import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** A name in a folder is only there after a power cut once the folder has been synced too. */
export const syncFolder = (path: string): void => {
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** Makes a folder, and those above it, and syncs each one that a new one stands in. */
export const makeFolder = (path: string): void => {
  const first = mkdirSync(path, { recursive: true })
  if (first === undefined) return
  const above = dirname(resolve(first))
  for (let folder = resolve(path); folder !== above; ) {
    folder = dirname(folder)
    syncFolder(folder)
  }
}
