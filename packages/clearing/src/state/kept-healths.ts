const most = 1_024

/** What has been worked out, and at which count of changes. */
interface WorkedOut<H> {
  health: H | undefined
  workedOut: number
}

/**
 * Of whom a health is kept: the last so many that one was worked out for. Whoever is met again soon need not be worked out
 * anew; of all others, when everybody is judged at once, it would be a third of what an account takes in memory.
 */
export class KeptHealths<H> {
  readonly #stands: (WorkedOut<H> | undefined)[] = []
  #next = 0

  /** Keeps a health as of a count of changes, and forgets the one that came so many before it. */
  keep(stand: WorkedOut<H>, health: H, workedOut: number): void {
    if (stand.health === undefined) {
      const oldest = this.#stands[this.#next]
      if (oldest !== undefined) oldest.health = undefined
      this.#stands[this.#next] = stand
      this.#next = (this.#next + 1) % most
    }
    stand.health = health
    stand.workedOut = workedOut
  }
}
