/** Heights at which words can be read that belong to `heights`: in the same order, and no two nearer than `least`. */
export const apart = (heights: readonly number[], least: number): readonly number[] => {
  const placed: number[] = heights.map(() => 0)
  let before = Number.NEGATIVE_INFINITY
  for (const { height, i } of heights.map((height, i) => ({ height, i })).sort((a, b) => a.height - b.height)) {
    before = Math.max(height, before + least)
    placed[i] = before
  }
  return placed
}
