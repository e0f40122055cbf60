import { formatTime, isTime, type Millis, parseTime } from '@novation/events'
import { type Disk, Halted, replaceFile } from '@novation/platform'

/** Up to which times a source has signed, of each base: kept on disk, so that no later life of it signs another truth of one of them. */
export interface Times {
  /** Whether a quote of this time may be signed: it is later than all that were, and it lasts that it is taken. */
  readonly take: (base: string, at: Millis) => Promise<boolean>
}

/** So much is taken at once: a disk is asked once a second at most, and who starts again says nothing for so long at most. */
const ahead_ms = 1_000

const read = async (disk: Disk, path: string): Promise<Map<string, Millis>> => {
  const text = await disk.read(path)
  if (text === undefined) return new Map()
  try {
    const kept: unknown = JSON.parse(text)
    const entries = Object.entries(typeof kept === 'object' && kept !== null ? kept : { '': kept })
    if (entries.every(([, at]) => typeof at === 'string' && isTime(at)))
      return new Map(entries.map(([base, at]) => [base, parseTime(String(at))]))
  } catch {
    // Told below.
  }
  throw new Halted(
    'broken-history',
    `${path} does not say up to when this source has signed: to sign on could be a second truth; if nobody can say it, take a new key for it`,
  )
}

export const openTimes = async (disk: Disk, path: string): Promise<Times> => {
  const taken = await read(disk, path)
  const last = new Map(taken)
  return {
    take: async (base, at) => {
      if (at <= (last.get(base) ?? Number.NEGATIVE_INFINITY)) return false
      if (at > (taken.get(base) ?? Number.NEGATIVE_INFINITY)) {
        taken.set(base, at + ahead_ms)
        const kept = Object.fromEntries([...taken].sort().map(([name, until]) => [name, formatTime(until)]))
        await replaceFile(disk, path, `${JSON.stringify(kept)}\n`)
      }
      last.set(base, at)
      return true
    },
  }
}
