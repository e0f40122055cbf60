/** The last of sorted values that is not beyond one; the first where all are. Undefined of none. */
export const lastUpTo = <A>(sorted: readonly A[], keyOf: (each: A) => number, value: number): A | undefined => {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (keyOf(sorted[middle] as A) <= value) low = middle
    else high = middle - 1
  }
  return sorted[low]
}
