import { type Millis, parseTime, type Quote, quoteText } from '@novation/events'

/** So many quotes a command carries at most. */
const most = 64

const nameOf = ({ source, base }: Quote): string => `${source} ${base}`

/**
 * Of several quotes the last of each source and base, in the order in which they came. Two truths of that time are both kept: they show
 * that the source lies, and whoever carries hides nothing.
 */
export const lastOf = (quotes: readonly Quote[]): readonly Quote[] => {
  const latest = new Map<string, Millis>()
  for (const quote of quotes) {
    const name = nameOf(quote)
    latest.set(name, Math.max(parseTime(quote.at), latest.get(name) ?? Number.NEGATIVE_INFINITY))
  }
  const said = new Set<string>()
  return quotes.filter((quote) => {
    const text = quoteText(quote)
    if (parseTime(quote.at) !== latest.get(nameOf(quote)) || said.has(text)) return false
    said.add(text)
    return true
  })
}

/** By what each source was last carried at, of each base. */
export type Carried = ReadonlyMap<string, number>

export const carriedWith = (carried: Carried, quotes: readonly Quote[]): Carried =>
  new Map([...carried, ...quotes.map((quote) => [nameOf(quote), Number(quote.price)] as const)])

/** Whether any of them is news that does not wait: the first of its source, or further than such a share from the last that was carried. */
export const isUrgent = (carried: Carried, quotes: readonly Quote[], move: number): boolean =>
  quotes.some((quote) => {
    const last = carried.get(nameOf(quote))
    return last === undefined || Math.abs(Number(quote.price) - last) > move * last
  })

/** As many commands as they need, each as full as it may be. */
export const loadsOf = (quotes: readonly Quote[]): readonly (readonly Quote[])[] =>
  Array.from({ length: Math.ceil(quotes.length / most) }, (_, i) => quotes.slice(i * most, (i + 1) * most))
