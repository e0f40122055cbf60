/** Does at most so much at once; the rest waits for its turn, in the order in which it came. */
export const atMost = (most: number) => {
  let busy = 0
  const waiting: (() => void)[] = []
  return async <A>(work: () => Promise<A>): Promise<A> => {
    if (busy >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else busy += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) busy -= 1
      else next()
    }
  }
}
