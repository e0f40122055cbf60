import { type EventData, type LedgerEvent, parseTime } from '@novation/events'
import type { Feed } from './feed'

/** How far an index was from what the market really was. */
export interface Distance {
  readonly at: string
  readonly price: string
  readonly real: number
  /** As a share of what it really was. */
  readonly share: number
}

/** How one index came through a demo. */
export interface IndexTally {
  readonly ticks: number
  /** How often it began to be held. */
  readonly held: number
  readonly farthest: Distance | undefined
}

/** How one source did. */
export interface SourceTally {
  /** In how many rounds it had a quote that counted, and in how many of them it was off. */
  readonly rounds: number
  readonly off: number
  /** Quotes that counted for nothing, by why. */
  readonly ignored: Readonly<Record<string, number>>
  /** In how many epochs it counted half. */
  readonly halved: number
  /** Since when it counts no more, for two truths of one moment. */
  readonly suspended: string | undefined
  /** What of its bond went to the insurance fund for that. */
  readonly bond: string | undefined
}

/** Who was put up for auction first when, and what that account had dealt in. */
export interface Liquidation {
  readonly at: string
  readonly index: string
  readonly price: string
}

/** What an index stood at from a time on. */
interface Stood {
  readonly at: string
  readonly price: string
}

/** What a demo whose prices are signed is told by at its end. */
export interface PriceTally {
  /** Rounds in which anything new was said. */
  readonly rounds: number
  readonly indices: ReadonlyMap<string, IndexTally>
  readonly sources: ReadonlyMap<string, SourceTally>
  readonly liquidated: ReadonlyMap<string, Liquidation>
  /** By index, in the order of time. */
  readonly prices: ReadonlyMap<string, readonly Stood[]>
}

/** What an index stood at, at a time. */
export const priceAt = ({ prices }: Pick<PriceTally, 'prices'>, index: string, at: string): string | undefined =>
  prices.get(index)?.findLast((tick) => tick.at <= at)?.price

/** Reads events one after the other and keeps count; it changes as it reads. */
export interface PriceTeller {
  readonly read: (event: LedgerEvent) => void
  readonly tally: () => PriceTally
}

const noIndex: IndexTally = { ticks: 0, held: 0, farthest: undefined }
const noSource: SourceTally = { rounds: 0, off: 0, ignored: {}, halved: 0, suspended: undefined, bond: undefined }

export const priceTeller = ({ pathOf, indexOf, names }: Feed): PriceTeller => {
  let rounds = 0
  const indices = new Map<string, IndexTally>()
  const sources = new Map<string, SourceTally>(names.map(({ source }) => [source, noSource]))
  const liquidated = new Map<string, Liquidation>()
  const prices = new Map<string, Stood[]>()
  const dealtIn = new Map<string, string>()

  const ofIndex = (index: string, more: (was: IndexTally) => Partial<IndexTally>): void => {
    const was = indices.get(index) ?? noIndex
    indices.set(index, { ...was, ...more(was) })
  }
  const ofSource = (source: string, more: (was: SourceTally) => Partial<SourceTally>): void => {
    const was = sources.get(source) ?? noSource
    sources.set(source, { ...was, ...more(was) })
  }

  const ticked = (at: string, { index, price, observedAt, sources: said, off }: EventData<'IndexTicked'>): void => {
    const known = prices.get(index) ?? []
    if (known.length === 0) prices.set(index, known)
    known.push({ at, price })
    const real = pathOf(index, parseTime(observedAt))
    const share = Math.abs(Number(price) / real - 1)
    ofIndex(index, ({ ticks, farthest }) => ({
      ticks: ticks + 1,
      farthest: share > (farthest?.share ?? -1) ? { at: observedAt, price, real, share } : farthest,
    }))
    for (const source of said) ofSource(source, (was) => ({ rounds: was.rounds + 1 }))
    for (const source of off) ofSource(source, (was) => ({ off: was.off + 1 }))
  }

  const read = ({ type, data, at }: LedgerEvent): void => {
    switch (type) {
      case 'QuotesTaken':
        rounds += 1
        for (const { source, why } of data.ignored)
          ofSource(source, ({ ignored }) => ({ ignored: { ...ignored, [why]: (ignored[why] ?? 0) + 1 } }))
        break
      case 'IndexTicked':
        ticked(at, data)
        break
      case 'IndexHeld':
        ofIndex(data.index, ({ held }) => ({ held: held + 1 }))
        break
      case 'SourcesScored':
        for (const source of data.halved) ofSource(source, ({ halved }) => ({ halved: halved + 1 }))
        break
      case 'SourceEquivocated':
        ofSource(data.source, ({ suspended = at, bond = data.bond }) => ({ suspended, bond }))
        break
      case 'TradeCleared':
        for (const account of [data.buyer, data.seller]) dealtIn.set(account, data.instrument)
        break
      case 'LiquidationStarted': {
        const index = indexOf(dealtIn.get(data.account) ?? '')
        if (!liquidated.has(data.account))
          liquidated.set(data.account, { at, index, price: priceAt({ prices }, index, at) ?? '' })
        break
      }
      default:
    }
  }
  return { read, tally: () => ({ rounds, indices, sources, liquidated, prices }) }
}
