/** A table or a set as whoever writes to it has it. */
export interface Entries {
  readonly get: (key: unknown) => unknown
  readonly set: (key: unknown, value: unknown) => void
  readonly delete: (key: unknown) => boolean
}

export interface Members {
  readonly add: (member: unknown) => void
  readonly has: (member: unknown) => boolean
  readonly delete: (member: unknown) => boolean
}

/** What was changed: a field of a record, or an entry or a member of what a field holds. */
export const FIELD = 0
export const ENTRY = 1
export const MEMBER = 2

/** A change takes five places: its kind, the record, the field, the key in that, and what was there. */
export const places = 5

export type Fields = Record<string, unknown>

/** Hears of each change that is taken back or done again; of an entry, also what came or went. */
export type Changed = (record: object, field: string, moved: unknown) => void

/** What is there and what was there before, or after, change places. */
export const exchange = (changes: unknown[], at: number, changed: Changed): void => {
  const record = changes[at + 1] as Fields
  const field = changes[at + 2] as string
  const key = changes[at + 3]
  const other = changes[at + 4]
  let moved: unknown
  switch (changes[at]) {
    case FIELD:
      changes[at + 4] = record[field]
      record[field] = other
      break
    case ENTRY: {
      const entries = record[field] as Entries
      const here = entries.get(key)
      if (other === undefined) void entries.delete(key)
      else entries.set(key, other)
      changes[at + 4] = here
      moved = here ?? other
      break
    }
    default: {
      const members = record[field] as Members
      changes[at + 4] = members.has(key)
      if (other === true) members.add(key)
      else void members.delete(key)
    }
  }
  changed(record, field, moved)
}

/** Whether a change brings an entry or a member that was not there. */
const brings = (kind: unknown, before: unknown): boolean =>
  (kind === ENTRY && before === undefined) || (kind === MEMBER && before === false)

/**
 * Of a stretch of changes those that do where all of it is gone over at once, either way: the oldest of each field, entry and member, and
 * whatever brings one, since tables and sets keep the order in which things came.
 */
export const shortened = (changes: readonly unknown[], from: number, to: number): unknown[] => {
  const met = new Map<unknown, Map<unknown, Set<unknown>>>()
  const kept: unknown[] = []
  for (let at = from; at < to; at += places) {
    const [kind, record, field] = [changes[at], changes[at + 1], changes[at + 2]]
    const [key, before] = [changes[at + 3], changes[at + 4]]
    const ofRecord = met.get(record) ?? new Map<unknown, Set<unknown>>()
    const ofField = ofRecord.get(field) ?? new Set()
    if (!ofField.has(key) || brings(kind, before)) kept.push(kind, record, field, key, before)
    met.set(record, ofRecord.set(field, ofField.add(key)))
  }
  return kept
}
