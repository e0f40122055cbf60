import type { Stored } from '@novation/events'

/** Events on their way to a thread: a few long texts cross much faster than many small objects. */
export interface Parcel {
  readonly first: number
  readonly count: number
  readonly ids: string
  readonly types: string
  readonly hashes: string
  readonly bodies: string
}

const lines = (texts: readonly string[]): string => texts.join('\n')

/** Events that follow one another by revision. */
export const packed = (events: readonly Stored[]): Parcel => ({
  first: events[0]?.revision ?? 0,
  count: events.length,
  ids: lines(events.map(({ id }) => id)),
  types: lines(events.map(({ type }) => type)),
  hashes: lines(events.map(({ hash }) => hash)),
  bodies: lines(events.map(({ body }) => body)),
})

/** The same events; nothing where a text had a line of its own in it, which none has that a ledger wrote. */
export const unpacked = ({ first, count, ...texts }: Parcel): readonly Stored[] | undefined => {
  if (count === 0) return []
  const [ids, types, hashes, bodies] = [texts.ids, texts.types, texts.hashes, texts.bodies].map((text) =>
    text.split('\n'),
  )
  if (ids === undefined || types === undefined || hashes === undefined || bodies === undefined) return undefined
  if ([ids, types, hashes, bodies].some(({ length }) => length !== count)) return undefined
  return bodies.map((body, i) => ({
    id: ids[i] ?? '',
    type: types[i] ?? '',
    revision: first + i,
    hash: hashes[i] ?? '',
    body,
  }))
}
