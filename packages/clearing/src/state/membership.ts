/** A set as everybody but the book sees it. */
export interface Membership<M> extends Iterable<M> {
  readonly size: number
  has(member: M): boolean
}

/** A set of mostly one: an empty `Set` alone takes as much memory as three records of an account. */
export class FewMembers<M> implements Membership<M> {
  #only: M | undefined
  /** All of them, once there have been two. */
  #all: Set<M> | undefined

  get size(): number {
    return this.#all?.size ?? (this.#only === undefined ? 0 : 1)
  }

  has(member: M): boolean {
    return this.#all?.has(member) ?? this.#only === member
  }

  [Symbol.iterator](): Iterator<M> {
    const members = this.#all ?? (this.#only === undefined ? [] : [this.#only])
    return members[Symbol.iterator]()
  }

  add(member: M): void {
    if (this.#all === undefined && (this.#only === undefined || this.#only === member)) this.#only = member
    else this.#all = (this.#all ?? new Set(this)).add(member)
  }

  delete(member: M): boolean {
    if (this.#all !== undefined) return this.#all.delete(member)
    if (this.#only !== member) return false
    this.#only = undefined
    return true
  }
}
