import { type MemoryDisk, openMemoryDisk } from '@novation/platform'

/** The machine that a reactor runs on: its disk, older images of it, and what must still be there by pool. */
export interface Machine {
  disk: MemoryDisk
  readonly images: MemoryDisk[]
  readonly kept: Map<string, number>
  /** Whether the last life on it came to its own end. */
  isClean: boolean
}

export const openMachine = (): Machine => ({ disk: openMemoryDisk(), images: [], kept: new Map(), isClean: true })
