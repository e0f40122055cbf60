import * as t from 'io-ts'

/** What a reader answers of a value that its codec refuses. */
export const refused = Symbol('refused')

/** The decoded value, or `refused` without a reason: nearly every value is right, and reasons cost more than reading. */
export type Read = (u: unknown) => unknown

const itemReader =
  (read: Read): Read =>
  (u) => {
    if (!Array.isArray(u)) return refused
    const items: readonly unknown[] = u
    let same = true
    for (const item of items) {
      const taken = read(item)
      if (taken === refused) return refused
      if (taken !== item) same = false
    }
    return same ? items : items.map(read)
  }

const hasReader = (codec: t.Mixed): codec is t.Mixed & { readonly read: Read } => 'read' in codec

/** How a codec of this package is read without reasons. Its leaves take a value as it is or not at all. */
export const readerOf = (codec: t.Mixed): Read => {
  if (hasReader(codec)) return codec.read
  if (codec instanceof t.ReadonlyArrayType) return itemReader(readerOf(codec.type))
  return (u) => (codec.is(u) ? u : refused)
}
