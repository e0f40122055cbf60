/** Does one piece of work after the other, each to its end, in the order in which they come. */
export const inTurn = (): (<A>(work: () => Promise<A>) => Promise<A>) => {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work)
    // How it ended is for whoever asked for it to see.
    last = next.catch(() => undefined)
    return next
  }
}
