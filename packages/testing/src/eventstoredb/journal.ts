import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Recorded } from './record'

/** Where the log outlives its process: one line for each append, so a torn one is no append at all. */
export interface Journal {
  /** What was written before this process. */
  readonly history: readonly (readonly Recorded[])[]
  write(append: readonly Recorded[]): void
  close(): void
}

const packed = (record: Recorded) => ({
  ...record,
  data: Buffer.from(record.data).toString('base64'),
  metadata: Buffer.from(record.metadata).toString('base64'),
})

const unpacked = (record: ReturnType<typeof packed>): Recorded => ({
  ...record,
  data: Buffer.from(record.data, 'base64'),
  metadata: Buffer.from(record.metadata, 'base64'),
})

export const openJournal = (directory: string): Journal => {
  mkdirSync(directory, { recursive: true })
  const file = join(directory, 'journal.ndjson')
  const text = existsSync(file) ? readFileSync(file) : Buffer.alloc(0)
  const whole = text.subarray(0, text.lastIndexOf(0x0a) + 1)
  if (whole.length < text.length) truncateSync(file, whole.length)
  const lines = whole.toString().split('\n').slice(0, -1)
  const handle = openSync(file, 'a')
  return {
    history: lines.map((line) => (JSON.parse(line) as ReturnType<typeof packed>[]).map(unpacked)),
    write: (append) => void writeSync(handle, `${JSON.stringify(append.map(packed))}\n`),
    close: () => closeSync(handle),
  }
}

export const noJournal: Journal = { history: [], write: () => undefined, close: () => undefined }
