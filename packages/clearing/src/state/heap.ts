/** What stands at a time. */
export interface Timed {
  readonly at: number
}

/** The earliest of many, in logarithmic time (a binary heap). */
export class Heap<T extends Timed> {
  #items: T[] = []

  first(): T | undefined {
    return this.#items[0]
  }

  push(item: T): void {
    const items = this.#items
    let i = items.length
    items.push(item)
    while (i > 0) {
      const parent = (i - 1) >> 1
      const above = items[parent] as T
      if (above.at <= item.at) break
      items[i] = above
      i = parent
    }
    items[i] = item
  }

  dropFirst(): void {
    const items = this.#items
    const last = items.pop()
    if (last === undefined || items.length === 0) return
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= items.length) break
      if (child + 1 < items.length && (items[child + 1] as T).at < (items[child] as T).at) child += 1
      if ((items[child] as T).at >= last.at) break
      items[i] = items[child] as T
      i = child
    }
    items[i] = last
  }

  /** The earliest time up to `to` at which something for which it `counts` stands; what stands later is not looked at. */
  earliest(counts: (item: T) => boolean, to: number, i = 0): number | undefined {
    const item = this.#items[i]
    if (item === undefined || item.at > to) return undefined
    if (counts(item)) return item.at
    const left = this.earliest(counts, to, 2 * i + 1)
    return this.earliest(counts, left ?? to, 2 * i + 2) ?? left
  }

  /** All up to a time, in no order, in time that grows with their number only. */
  upTo(at: number, each: (item: T) => void, i = 0): void {
    const item = this.#items[i]
    if (item === undefined || item.at > at) return
    each(item)
    this.upTo(at, each, 2 * i + 1)
    this.upTo(at, each, 2 * i + 2)
  }
}
