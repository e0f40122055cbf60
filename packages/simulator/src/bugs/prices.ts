import type { Book, Pool } from '@novation/clearing'
import { decimal, format } from '@novation/decimal'
import { parseTime } from '@novation/events'
import { slowPrice } from '@novation/risk'
import { otherCurrency } from '../load/sources'
import { decidedIn, writtenAs } from './other-rules'

type Oracle = Exclude<Book['oracle'], undefined>
type Terms = Oracle['terms'] extends { readonly get: (id: string) => infer T | undefined } ? T : never

/** Other terms of each index, as long as a command is decided. */
const onOtherTerms = (change: (terms: Terms, index: string) => Terms) =>
  decidedIn((book, { type }) => {
    const { oracle } = book
    if (oracle === undefined || type !== 'PublishQuotes') return
    for (const [id, terms] of [...oracle.terms]) book.put<Oracle, Terms>(oracle, 'terms', id, change(terms, id))
  })

/** The first source of an index counts twice. */
export const countedTwice = onOtherTerms((terms) => {
  const sources = terms.rules.sources.map((each, i) => (i === 0 ? { ...each, weight: 2 * each.weight } : each))
  return { ...terms, rules: { ...terms.rules, sources } }
})

/** What a currency is converted by counts however old it is. */
export const staleConversion = onOtherTerms((terms, index) =>
  index === otherCurrency ? { ...terms, said: { ...terms.said, tolerance_ms: 10 ** 9 } } : terms,
)

/** More than half of the sources make a quorum, whatever they weigh. */
export const quorumInHeads = onOtherTerms((terms) => {
  const sources = terms.rules.sources.map((each) => ({ ...each, weight: 1 }))
  return { ...terms, rules: { ...terms.rules, sources, quorum: Math.floor(sources.length / 2) + 1 } }
})

/** A jump is believed at once. */
export const believedAtOnce = onOtherTerms((terms) => ({
  ...terms,
  rules: { ...terms.rules, deviation: decimal('1000000') },
}))

/** What a slow price is at a decision, by when that was made. */
const slowAt = ({ oracle }: Pool, index: string | undefined, at: string): string | undefined => {
  const last = oracle?.indices.get(index ?? '')?.price
  const terms = oracle?.terms.get(index ?? '')?.said
  return last === undefined || terms === undefined ? undefined : format(slowPrice(last, parseTime(at), terms))
}

/** The slow price follows by when a tick was decided, not by when it was seen. */
export const slowByDecision = writtenAs((pool, event) => {
  if (event.type !== 'IndexTicked' && event.type !== 'PriceTick') return [event]
  const slow = slowAt(pool, event.data.index, event.at)
  if (slow === undefined) return [event]
  return event.type === 'IndexTicked'
    ? [{ ...event, data: { ...event.data, slow } }]
    : [{ ...event, data: { ...event.data, slow } }]
})

/** A source has its bond back as soon as it asks, whatever keys of it stand. */
export const bondLetGo = decidedIn((book, { type, data }) => {
  const { identity } = book
  if (identity === undefined || type !== 'ReleaseBond') return
  for (const [key, bindings] of [...identity.keys])
    if (bindings.some(({ actor }) => actor === `source:${data.source}`))
      book.put<typeof identity, typeof bindings>(
        identity,
        'keys',
        key,
        bindings.map((each) => ({ ...each, revokedAt: 0 })),
      )
})

/** A price that is held is dealt at, as if nothing were. */
export const heldDealtAt = decidedIn((book, { type }) => {
  if (type !== 'ClearTrade' && type !== 'Withdraw' && type !== 'BidLiquidation') return
  for (const instrument of book.instruments.values()) {
    if (instrument.held === undefined) continue
    book.set(instrument, 'held', undefined)
    book.set(instrument.stand, 'live', true)
  }
})
