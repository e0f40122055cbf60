/** How far markets may go before an account can cross a line. */
export interface Reach {
  /** By which share each index may move, either way, at most a quarter. */
  readonly bands: ReadonlyMap<string, number>
  /** How far each expiry may wear (`wearKey`), and each linear contract (its id). */
  readonly wears: ReadonlyMap<string, number>
  /** By which share each slow price may move, either way: by the underlying, or by the id of a linear contract. */
  readonly slow: ReadonlyMap<string, number>
}

const least = (all: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> => {
  const found = new Map<string, number>()
  for (const [key, by] of all.flatMap((of) => [...of])) found.set(key, Math.min(found.get(key) ?? by, by))
  return found
}

/** How far markets may go where all of these are to hold: the least of each that any has. */
export const nearest = (all: readonly Reach[]): Reach => ({
  bands: least(all.map(({ bands }) => bands)),
  wears: least(all.map(({ wears }) => wears)),
  slow: least(all.map(({ slow }) => slow)),
})
