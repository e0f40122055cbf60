/** Who quotes for an index, how much it counts, and in what currency where that is not the index's own. */
export interface IndexSource {
  readonly source: string
  /** A whole number above zero. */
  readonly weight: number
  readonly currency?: string | undefined
}

/** Who an index is made of: what the bound on its price follows from. */
export interface IndexSources {
  /** What it is quoted in. */
  readonly currency: string
  readonly sources: readonly IndexSource[]
  /** The least weight of fresh quotes that makes a price. */
  readonly quorum: number
  /** By which index each other currency is converted. */
  readonly conversions: ReadonlyMap<string, string>
}

const weightOf = (sources: readonly IndexSource[]): number => sources.reduce((sum, { weight }) => sum + weight, 0)

const twice = (sources: readonly IndexSource[]): string | undefined =>
  sources.find(({ source }, i) => sources.findIndex((other) => other.source === source) < i)?.source

/**
 * Why nobody could trust an index of these sources, or undefined: liars who, with all behind a conversion that lies, weigh
 * less than half the quorum never move a price beyond the honest ones, so no source and no conversion may weigh as much
 * by itself, and the quorum must be more than half of all.
 */
export const checkSources = ({ currency, sources, quorum, conversions }: IndexSources): string | undefined => {
  const again = twice(sources)
  if (again !== undefined) return `${again} is named twice`
  const all = weightOf(sources)
  if (2 * quorum <= all) return `a quorum of ${quorum} is no more than half of the weight of all, ${all}`
  if (quorum > all) return `a quorum of ${quorum} is more than the weight of all, ${all}`
  const decisive = sources.find(({ weight }) => 2 * weight >= quorum)
  if (decisive !== undefined)
    return `${decisive.source} weighs ${decisive.weight}, half of the quorum of ${quorum} or more: it would decide alone`
  const currencies = new Set(sources.map((source) => source.currency ?? currency))
  currencies.delete(currency)
  for (const other of currencies) {
    const by = conversions.get(other)
    if (by === undefined) return `sources quote in ${other}, and nothing says what converts it to ${currency}`
    // Two currencies may be converted by one index: what lies behind it counts together.
    const behind = weightOf(sources.filter((source) => conversions.get(source.currency ?? currency) === by))
    if (2 * behind >= quorum)
      return `${by} stands behind a weight of ${behind}, half of the quorum of ${quorum} or more: it would decide alone`
  }
  const idle = [...conversions.keys()].find((other) => !currencies.has(other))
  return idle === undefined ? undefined : `${idle} is converted, but no source quotes in it`
}
