/** Answers whatever it is given as what it has made, so that a class which extends it has its fields in that. */
class Given {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: that is all it is for.
    return object
  }
}

/** Something that an object carries and nobody sees: it is in no copy of it, and nothing lists or compares it. */
export interface Unseen<V> {
  readonly of: (object: object) => V | undefined
  /** For later: an object that cannot be added to carries nothing. */
  readonly put: (object: object, value: V) => void
}

/** Such a place. A private field does the same as a property that is hidden by hand, at a tenth of the price. */
export const unseen = <V>(): Unseen<V> => {
  class Carrier extends Given {
    #value: V

    constructor(object: object, value: V) {
      super(object)
      this.#value = value
    }

    static of(object: object): V | undefined {
      return #value in object ? object.#value : undefined
    }

    static put(object: object, value: V): void {
      if (#value in object) object.#value = value
      else if (Object.isExtensible(object)) new Carrier(object, value)
    }
  }
  return Carrier
}
