import { decimal, isPositive } from '@novation/decimal'
import {
  type Claim,
  type CommandData,
  type EventData,
  type Millis,
  parseTime,
  type Quote,
  quoteText,
  saidIn,
} from '@novation/events'
import { bindingsOfParty, isActive, speaksFor } from '../state/bindings'
import { partyOf } from '../state/identity'
import { type Oracle, quoteName } from '../state/oracle'
import { truthOf } from '../state/oracle-state'
import type { Pool } from '../state/pool'

type Asked = Pick<Pool, 'identity' | 'at' | 'verify' | 'oracle'>
type Said = EventData<'QuotesTaken'>['taken'][number]
type Why = EventData<'QuotesTaken'>['ignored'][number]['why']

/** What comes of quotes: which count from now on, which do not and why, and who has signed two truths. */
export interface Taking {
  readonly taken: readonly Said[]
  readonly ignored: EventData<'QuotesTaken'>['ignored']
  readonly equivocated: readonly EventData<'SourceEquivocated'>[]
}

const actorOf = (source: string): string => `source:${source}`

/** The keys that may have signed a quote: the one it names, where that speaks for its source, or all that do. */
const keysFor = (pool: Asked, { source, key }: Pick<Quote, 'source' | 'key'>): readonly string[] => {
  const actor = actorOf(source)
  if (key !== undefined) return speaksFor(pool, key, actor) ? [key] : []
  return bindingsOfParty(pool, partyOf(actor)).flatMap((binding) => (isActive(binding, pool) ? [binding.key] : []))
}

type SignedBySource = Pick<Quote, 'source' | 'key' | 'signature'>

/** Whether its source has signed a text, with a key that is active now; the text is made where there is something to check. */
export const isSigned = (pool: Asked, said: SignedBySource, textOf: () => string): boolean => {
  const { verify } = pool
  if (verify === 'assumed') return true
  const keys = keysFor(pool, said)
  if (keys.length === 0) return false
  const text = textOf()
  return keys.some((key) => verify(key, text, said.signature))
}

/** The same of a quote. */
export const isProven = (pool: Asked, quote: Quote): boolean => isSigned(pool, quote, () => quoteText(quote))

/** What will be checked of it, for who checks it ahead: of one whose key speaks for its source. */
export const signedClaims = (pool: Asked, said: SignedBySource, text: string): readonly Claim[] =>
  keysFor(pool, said).map((key) => ({ key, text, signature: said.signature }))

/** The indices for which a source quotes this, in this currency. */
export const indicesFor = (oracle: Oracle, { source, base, currency }: Pick<Said, 'source' | 'base' | 'currency'>) =>
  [...oracle.terms].flatMap(([id, { said }]) => {
    const own = said.base === base ? said.sources.find((each) => each.source === source) : undefined
    return own !== undefined && (own.currency ?? said.currency) === currency ? [id] : []
  })

const freshnessOf = (oracle: Oracle, ids: readonly string[]): Millis =>
  Math.max(...ids.map((id) => oracle.terms.get(id)?.said.freshness_ms ?? 0))

/** Takes quotes one after the other: what one of them says counts for the next. */
export const takeQuotes = (
  pool: Asked & Pick<Pool, 'parameters'>,
  { quotes }: CommandData<'PublishQuotes'>,
): Taking => {
  const { oracle, at: now } = pool
  const taken: Said[] = []
  const ignored: EventData<'QuotesTaken'>['ignored'][number][] = []
  const equivocated: EventData<'SourceEquivocated'>[] = []
  const came = new Map<string, Quote>()
  const fallen = new Set<string>()

  /** What a source said last of something: before these quotes, or in one of them. What that comes to is worked out where it is asked. */
  const lastOf = (name: string): { readonly at: Millis; readonly truth: () => string } | undefined => {
    const now = came.get(name)
    if (now !== undefined) return { at: parseTime(now.at), truth: () => truthOf(now) }
    const before = oracle?.quotes.get(name)
    return before && { at: before.at, truth: () => before.digest }
  }

  /** Why a quote does not count, `two-truths` where it is a second one of its time, or nothing where it counts. */
  const judged = (quote: Quote): Why | 'two-truths' | undefined => {
    const { source, base, price } = quote
    const ids = oracle === undefined ? [] : indicesFor(oracle, quote)
    if (oracle === undefined || ids.length === 0) return 'unknown-source'
    if (fallen.has(source) || ids.every((id) => oracle.indices.get(id)?.suspended.includes(source))) return 'suspended'
    if (!isPositive(decimal(price))) return 'not-positive'
    const at = parseTime(quote.at)
    if (at > now + pool.parameters.priceFuture_s * 1000) return 'future'
    const last = lastOf(quoteName(base, source))
    if (at < now - freshnessOf(oracle, ids) || (last !== undefined && at < last.at)) return 'late'
    const isSecond = last !== undefined && at === last.at
    if (isSecond && last.truth() === truthOf(quote)) return 'repeated'
    if (!isProven(pool, quote)) return 'unproven'
    return isSecond ? 'two-truths' : undefined
  }

  for (const quote of quotes) {
    const { source, base, at } = quote
    const why = judged(quote)
    if (why === undefined) {
      came.set(quoteName(base, source), quote)
      taken.push(saidIn(quote))
    } else if (why === 'two-truths') {
      fallen.add(source)
      equivocated.push({ source, base, at })
    } else ignored.push({ source, base, why })
  }
  return { taken, ignored, equivocated }
}

/** Of what was taken, what its source cannot be shown to have signed, as the pool stands then; nothing where all is proven. */
export const unprovenQuote = (
  pool: Asked,
  { quotes }: CommandData<'PublishQuotes'>,
  { taken }: Pick<Taking, 'taken'>,
): string | undefined => {
  const isShown = (said: Said): boolean => {
    const text = quoteText(said)
    return quotes.some((quote) => quoteText(quote) === text && isProven(pool, quote))
  }
  const unshown = taken.find((said) => !isShown(said))
  return unshown === undefined
    ? undefined
    : `nothing shows that ${unshown.source} said ${unshown.price} of ${unshown.base} at ${unshown.at}`
}

/** Who has signed a quote with a key that is active now, as far as it says which: nobody where there is none. */
export const hasKey = (pool: Asked, quote: Quote): boolean => keysFor(pool, quote).length > 0

/** What will be checked of quotes, for who checks it ahead: of those whose key speaks for their source. */
export const quoteClaims = (pool: Asked, quotes: readonly Quote[]): readonly Claim[] =>
  quotes.flatMap((quote) => signedClaims(pool, quote, quoteText(quote)))
