import { type Decimal, decimal, format } from '@novation/decimal'
import type { Table } from '../state/table'

/** How a part of the state is written as JSON and read again. Writing is canonical: one state, one text. */
export interface Form<T> {
  readonly write: (value: T) => unknown
  readonly read: (json: never) => T
}

/** A value that is its own JSON. */
export const plain = <T>(): Form<T> => ({ write: (value) => value, read: (json) => json as T })

export const money: Form<Decimal> = { write: format, read: (json: string) => decimal(json) }

export const list = <T>(of: Form<T>): Form<readonly T[]> => ({
  write: (items) => items.map(of.write),
  read: (json: readonly never[]) => json.map(of.read),
})

type Entries<V> = Iterable<readonly [string, V]>

/** Most tables of an account are empty: they are one. */
const empty: Table<never> = new Map<string, never>()

/** Sorted by key, so the order in which it was filled does not show. */
const written = <V>(entries: Entries<V>, of: Form<V>): unknown =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, of.write(value)])

export const table = <V>(of: Form<V>): Form<Table<V>> => ({
  write: (entries) => written(entries, of),
  read: (json: readonly (readonly [string, never])[]) => {
    if (json.length === 0) return empty
    const entries = new Map<string, V>()
    for (const [key, value] of json) entries.set(key, of.read(value))
    return entries
  },
})

/** The same for what is gone through and not kept: each value is read when its turn comes, so that all of them never are there at once. */
export const passing = <V>(of: Form<V>): Form<Entries<V>> => ({
  write: (entries) => written(entries, of),
  read: (json: Iterable<readonly [string, never]>) => ({
    *[Symbol.iterator]() {
      for (const [key, value] of json) yield [key, of.read(value)] as const
    },
  }),
})

export const names: Form<ReadonlySet<string>> = {
  write: (members) => [...members].sort(),
  read: (json: readonly string[]) => new Set(json),
}

/** The fields named; one that is absent stays absent. */
export const record = <T extends object>(
  fields: { readonly [K in keyof T]-?: Form<Exclude<T[K], undefined>> },
): Form<T> => {
  const forms = Object.entries(fields) as [keyof T & string, Form<unknown>][]
  return {
    write: (value) => {
      const json: Record<string, unknown> = {}
      for (const [key, form] of forms) if (value[key] !== undefined) json[key] = form.write(value[key])
      return json
    },
    read: (json: Record<string, never>) => {
      const value: Record<string, unknown> = {}
      for (const [key, form] of forms) if (json[key] !== undefined) value[key] = form.read(json[key])
      return value as T
    },
  }
}
