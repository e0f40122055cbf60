/** By halving, of what stands in such an order that it is so of all from one on: the place of the first, or their number. */
export const firstWhere = <T>(all: readonly T[], isSo: (each: T) => boolean): number => {
  let [low, high] = [0, all.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isSo(all[middle] as T)) high = middle
    else low = middle + 1
  }
  return low
}
