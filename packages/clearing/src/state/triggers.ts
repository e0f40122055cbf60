/** At the end of a chain. */
const nobody = -1
const few = 8

/**
 * The triggers on one side of an axis: at which bucket each place of it has one, if it has any. Those of one bucket stand in a
 * chain, the last that came first. They lie in flat lists by place: an object for each would be a fifth of what an account takes
 * in memory, and work for the garbage collector.
 */
export class Triggers {
  readonly #firsts = new Map<number, number>()
  #buckets = new Float64Array(few).fill(Number.NaN)
  #before = new Int32Array(few)
  #after = new Int32Array(few)

  /** At how many buckets there is one. */
  get size(): number {
    return this.#firsts.size
  }

  /** Where the trigger of a place is; not a number where it has none. */
  bucketOf(place: number): number {
    return this.#buckets[place] ?? Number.NaN
  }

  /** Puts the trigger of a place at a bucket, or, where that is not a number, takes it away. */
  move(place: number, bucket: number): void {
    const known = this.bucketOf(place)
    if (known === bucket) return
    if (!Number.isNaN(known)) this.#unlink(place, known)
    if (!Number.isNaN(bucket)) this.#link(place, bucket)
  }

  /** Names the places that have a trigger from one bucket to another, both of them included. */
  fire(from: number, to: number, fired: (place: number) => void): void {
    if (to - from > this.size) {
      for (const [bucket, first] of this.#firsts) if (bucket >= from && bucket <= to) this.#fireChain(first, fired)
    } else for (let bucket = from; bucket <= to; bucket += 1) this.#fireChain(this.#firsts.get(bucket) ?? nobody, fired)
  }

  fireAll(fired: (place: number) => void): void {
    for (const first of this.#firsts.values()) this.#fireChain(first, fired)
  }

  #fireChain(first: number, fired: (place: number) => void): void {
    for (let place = first; place !== nobody; place = this.#after[place] ?? nobody) fired(place)
  }

  #link(place: number, bucket: number): void {
    if (place >= this.#buckets.length) this.#makeRoom(place)
    const first = this.#firsts.get(bucket) ?? nobody
    if (first !== nobody) this.#before[first] = place
    this.#buckets[place] = bucket
    this.#before[place] = nobody
    this.#after[place] = first
    this.#firsts.set(bucket, place)
  }

  #unlink(place: number, bucket: number): void {
    const before = this.#before[place] ?? nobody
    const after = this.#after[place] ?? nobody
    if (after !== nobody) this.#before[after] = before
    if (before !== nobody) this.#after[before] = after
    else if (after !== nobody) this.#firsts.set(bucket, after)
    else this.#firsts.delete(bucket)
    this.#buckets[place] = Number.NaN
  }

  #makeRoom(place: number): void {
    const length = Math.max(2 * this.#buckets.length, place + 1)
    const [buckets, before, after] = [this.#buckets, this.#before, this.#after]
    this.#buckets = new Float64Array(length).fill(Number.NaN)
    this.#buckets.set(buckets)
    this.#before = new Int32Array(length)
    this.#before.set(before)
    this.#after = new Int32Array(length)
    this.#after.set(after)
  }
}
