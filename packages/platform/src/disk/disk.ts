/** A file that is being written. */
export interface DiskFile {
  /** Takes the bytes, or the first of them: answers how many. A power cut may take them again until `sync` has answered. */
  write(bytes: Uint8Array): Promise<number>
  /** What was written lasts. After a failure nothing is known of it, and a second try may succeed without the bytes. */
  sync(): Promise<void>
  close(): Promise<void>
}

/**
 * What a file that must outlive a power cut needs of its disk. A name lasts only once the folder it stands in was synced.
 * What fails rejects with the operating system's own error, whose `code` is its name: `EIO`, `ENOSPC`, …
 */
export interface Disk {
  /** Makes a folder, and those above it, to last. One that is there already is left as it is. */
  makeFolder(path: string): Promise<void>
  /** The text of a file, or nothing where there is none. */
  read(path: string): Promise<string | undefined>
  readBytes(path: string): Promise<Uint8Array | undefined>
  /** What stands in a folder, in no order; nothing where there is none. */
  list(folder: string): Promise<readonly string[]>
  /** An empty file, in place of what is there. */
  create(path: string): Promise<DiskFile>
  /** Gives a file another name, in place of what has that name. */
  rename(from: string, to: string): Promise<void>
  /** Takes the name of a file away, where there is one. It may be there again after a power cut, until its folder is synced. */
  remove(path: string): Promise<void>
  syncFolder(path: string): Promise<void>
}
