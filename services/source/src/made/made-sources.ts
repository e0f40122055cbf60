import { honest } from './honest'
import { liar } from './liar'
import type { MadeMarket, Saying } from './market'

/** A source that no venue stands behind. */
export interface MadeSource {
  readonly source: string
  readonly isLiar: boolean
  readonly says: Saying
}

/** So many made sources, of whom the last ones lie. The first is always there. All that they say follows from the market. */
export const madeSources = (market: MadeMarket, count: number, liars: number): readonly MadeSource[] =>
  Array.from({ length: count }, (_, i): MadeSource => {
    const source = `source-${i + 1}`
    const nth = i - (count - liars)
    return nth < 0
      ? { source, isLiar: false, says: honest(market, source, i === 0) }
      : { source, isLiar: true, says: liar(market, source, nth) }
  })
