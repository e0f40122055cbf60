/** Something to be done, as long as nobody wants something newer instead. */
export interface Wish {
  /** Never rejects. `isLast` says whether nothing newer is wanted yet. */
  readonly work: (isLast: () => boolean) => Promise<void>
  /** Something newer was wanted before this was begun. */
  readonly givenUp?: () => void
}

/** Work of which only the last wish counts: one is worked on to its end, the newest of the others waits for that, and those in between are given up. */
export const openLine = () => {
  let running: Promise<void> | undefined
  let next: Wish | undefined

  const run = async ({ work }: Wish): Promise<void> => {
    await work(() => next === undefined)
    const then = next
    next = undefined
    running = then && run(then)
  }

  return {
    want: (wish: Wish): void => {
      next?.givenUp?.()
      if (running === undefined) running = run(wish)
      else next = wish
    },
    /** Comes back once nothing is worked on, nor waits. */
    rested: async (): Promise<void> => {
      while (running !== undefined) await running
    },
  }
}

export type Line = ReturnType<typeof openLine>
