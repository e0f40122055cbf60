import type { Choose } from '../memory-disk'

/** Lets `work` run once for every way in which what it chooses can fall; answers how many there are. */
export const everyChoice = async (work: (choose: Choose) => Promise<void>): Promise<number> => {
  let forced: readonly number[] = []
  for (let runs = 1; ; runs += 1) {
    const fell: { readonly choice: number; readonly of: number }[] = []
    await work((of) => {
      const choice = forced[fell.length] ?? 0
      fell.push({ choice, of })
      return choice
    })
    while (fell.length > 0 && (fell.at(-1)?.choice ?? 0) + 1 >= (fell.at(-1)?.of ?? 0)) fell.pop()
    if (fell.length === 0) return runs
    forced = fell.map(({ choice }, i) => (i === fell.length - 1 ? choice + 1 : choice))
  }
}
