import { Set as Names, Map as Table } from 'immutable'
import type { Triggers } from './standing'

/** How far a price may move either way before an account must be judged again. In doubles: it only rules out. */
export interface Band {
  readonly price: number
  readonly halfWidth: number
}

/** Buckets are 2 basis points wide. */
const bucketsPerUnit = 5000

/** The bucket of a price; never decreasing in the price, and that is all that is asked of it. */
export const bucketOf = (price: number): number => Math.floor(Math.log(price) * bucketsPerUnit)

export const noTriggers = (price: number): Triggers => ({
  bucket: bucketOf(price),
  falling: Table(),
  rising: Table(),
  placed: Table(),
})

const without = (sets: Table<number, Names<string>>, bucket: number, id: string): Table<number, Names<string>> => {
  const left = sets.get(bucket)?.delete(id)
  return left === undefined || left.isEmpty() ? sets.delete(bucket) : sets.set(bucket, left)
}

const withId = (sets: Table<number, Names<string>>, bucket: number, id: string): Table<number, Names<string>> =>
  sets.set(bucket, (sets.get(bucket) ?? Names<string>()).add(id))

/** Takes an account's triggers away. */
export const remove = (triggers: Triggers, id: string): Triggers => {
  const old = triggers.placed.get(id)
  return old === undefined
    ? triggers
    : {
        ...triggers,
        falling: without(triggers.falling, old.falling, id),
        rising: without(triggers.rising, old.rising, id),
        placed: triggers.placed.delete(id),
      }
}

/**
 * Places an account's triggers at the edges of its band, one bucket inside it: the logarithm of a double is right to
 * far better than a bucket, so a price that leaves the band is never missed.
 */
export const place = (triggers: Triggers, id: string, { price, halfWidth }: Band): Triggers => {
  const low = price - halfWidth
  const falling = low > 0 ? bucketOf(low) + 1 : Number.MIN_SAFE_INTEGER
  const rising = bucketOf(price + halfWidth) - 1
  const old = triggers.placed.get(id)
  if (old?.falling === falling && old.rising === rising) return triggers
  const cleared = remove(triggers, id)
  return {
    ...cleared,
    falling: low > 0 ? withId(cleared.falling, falling, id) : cleared.falling,
    rising: withId(cleared.rising, rising, id),
    placed: cleared.placed.set(id, { falling, rising }),
  }
}

const fired = (sets: Table<number, Names<string>>, within: (bucket: number) => boolean, from: number, to: number) => {
  const ids: string[] = []
  if (to - from > sets.size) {
    for (const [bucket, names] of sets) if (within(bucket)) ids.push(...names)
  } else {
    for (let bucket = from; bucket <= to; bucket += 1) ids.push(...(sets.get(bucket) ?? []))
  }
  return ids
}

/** The accounts whose band the price may have left since it was last looked at, and the triggers at the new price. */
export const move = (
  triggers: Triggers,
  price: number,
): { readonly ids: readonly string[]; readonly triggers: Triggers } => {
  const bucket = bucketOf(price)
  const low = Math.min(bucket, triggers.bucket)
  const high = Math.max(bucket, triggers.bucket)
  const ids = [
    ...fired(triggers.falling, (at) => at >= bucket, bucket, high + 1),
    ...fired(triggers.rising, (at) => at <= bucket, low - 1, bucket),
  ]
  return { ids, triggers: { ...triggers, bucket } }
}
