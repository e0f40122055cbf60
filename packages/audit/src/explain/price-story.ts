import { isProven, isUsable, type LastQuote, type Pool, quoteName } from '@novation/clearing'
import { format } from '@novation/decimal'
import { formatTime, type LedgerEvent, type Quote, quoteText } from '@novation/events'

/** Why the last quote of a source is no part of a price. */
type Left = 'silent' | 'suspended' | 'old' | 'other-currency' | 'conversion' | 'not-newer'

/** What a source had said by then, and what became of that. */
export interface QuoteBehind {
  readonly source: string
  readonly weight: number
  /** Of its weight: `half` where it was often off in the epoch before. */
  readonly counts: 'full' | 'half'
  readonly said?: {
    readonly price: string
    readonly currency: string
    readonly at: string
    readonly confidence?: string
    /** Where it stands in the ledger: the event that took it. */
    readonly revision: number
    readonly signature: string
    /** The key that it names. */
    readonly key?: string
    /** Whether a key that speaks for the source has signed it. */
    readonly holds: boolean
  }
  /** Whether it was further from the price than it may be. */
  readonly off: boolean
  /** Why it does not count; nothing where it does. */
  readonly left?: Left
}

/** A price of an index: whose quotes it is made of, and whose not, and why. */
export interface PriceStory {
  readonly index: string
  readonly quorum: number
  readonly quotes: readonly QuoteBehind[]
  /** Of whom something came with it and was passed over, and why. */
  readonly ignored: readonly { readonly source: string; readonly why: string }[]
}

/** The last quote of each source that was taken, as it was signed. */
export interface QuoteTrail {
  readonly note: (event: LedgerEvent) => void
  readonly last: (base: string, source: string) => { readonly quote: Quote; readonly revision: number } | undefined
}

export const newQuoteTrail = (): QuoteTrail => {
  const found = new Map<string, { readonly quote: Quote; readonly revision: number }>()
  return {
    note: ({ type, data, revision, metadata: { command } }) => {
      if (type !== 'QuotesTaken' || command?.type !== 'PublishQuotes') return
      for (const taken of data.taken) {
        const text = quoteText(taken)
        const quote = command.data.quotes.find((each) => quoteText(each) === text)
        if (quote !== undefined) found.set(quoteName(taken.base, taken.source), { quote, revision })
      }
    },
    last: (base, source) => found.get(quoteName(base, source)),
  }
}

/** The index whose price an event says, where it is made of quotes. */
export const indexSaid = ({ type, data }: LedgerEvent): string | undefined =>
  type === 'IndexTicked' || type === 'IndexHeld' || type === 'PriceTick' || type === 'PriceHeld'
    ? data.index
    : undefined

type Index = NonNullable<ReturnType<NonNullable<Pool['oracle']>['terms']['get']>>

const isConverted = (pool: Pool, { rules: { conversions } }: Index, currency: string): boolean => {
  const by = conversions.get(currency) ?? ''
  const [terms, now] = [pool.oracle?.terms.get(by), pool.oracle?.indices.get(by)]
  return terms !== undefined && now !== undefined && isUsable(terms, now, pool.at)
}

/** Of a price that `isMade` of others, what is left is too uncertain to be converted, or older than what was held before. */
const whyLeft = (
  pool: Pool,
  index: Index,
  source: string,
  last: LastQuote | undefined,
  isMade: boolean,
): Left | undefined => {
  const { said } = index
  if (pool.oracle?.indices.get(said.index)?.suspended.includes(source) === true) return 'suspended'
  if (last === undefined) return 'silent'
  const { currency = said.currency } = said.sources.find((each) => each.source === source) ?? {}
  if (last.currency !== currency) return 'other-currency'
  if (last.at < pool.at - said.freshness_ms) return 'old'
  if (currency !== said.currency && !isConverted(pool, index, currency)) return 'conversion'
  if (!isMade) return undefined
  return currency === said.currency ? 'not-newer' : 'conversion'
}

/** Each of whom something of this was passed over, once. */
const passedOver = (together: readonly LedgerEvent[], base: string): PriceStory['ignored'] => {
  const found = new Map<string, { readonly source: string; readonly why: string }>()
  for (const { type, data } of together)
    for (const { source, base: of, why } of type === 'QuotesTaken' ? data.ignored : [])
      if (of === base) found.set(`${source} ${why}`, { source, why })
  return [...found.values()]
}

/**
 * Who had said what by the time of a price: from the state then, the quotes as they were signed, and what the same command made. Nothing
 * where the index is not there.
 */
export const priceStory = (
  pool: Pool,
  id: string,
  trail: QuoteTrail,
  together: readonly LedgerEvent[],
): PriceStory | undefined => {
  const { oracle } = pool
  const [index, now] = [oracle?.terms.get(id), oracle?.indices.get(id)]
  if (oracle === undefined || index === undefined || now === undefined) return undefined
  const { base, sources, quorum } = index.said
  const tick = together.flatMap(({ type, data }) => (type === 'IndexTicked' && data.index === id ? [data] : []))[0]
  const isIn = (source: string): boolean => tick?.sources.includes(source) === true
  const behind = ({ source, weight }: (typeof sources)[number]): QuoteBehind => {
    const signed = trail.last(base, source)
    const last = oracle.quotes.get(quoteName(base, source))
    const left = isIn(source) ? undefined : whyLeft(pool, index, source, last, tick !== undefined)
    return {
      source,
      weight,
      counts: now.halved.includes(source) ? 'half' : 'full',
      ...(signed === undefined || last === undefined
        ? {}
        : {
            said: {
              price: format(last.price),
              currency: last.currency,
              at: formatTime(last.at),
              ...(last.confidence === undefined ? {} : { confidence: format(last.confidence) }),
              revision: signed.revision,
              signature: signed.quote.signature,
              ...(signed.quote.key === undefined ? {} : { key: signed.quote.key }),
              holds: isProven(pool, signed.quote),
            },
          }),
      off: tick?.off.includes(source) === true,
      ...(left === undefined ? {} : { left }),
    }
  }
  return {
    index: id,
    quorum,
    quotes: sources.map(behind),
    ignored: passedOver(together, base),
  }
}
