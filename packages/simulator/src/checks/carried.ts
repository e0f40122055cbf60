import { parseCommand, parseQuote, parseTime, type Quote } from '@novation/events'
import type { Delivery } from '@novation/platform'

/** What became of the quotes on their topic, told by the traffic. */
export interface CarriedWatch {
  /** What carries quotes is on the bus, or the bus has refused it for good. */
  readonly brought: (text: string) => void
  /** What was said last of something in records that somebody counts as read, and nobody has brought. */
  readonly lostIn: (records: readonly Delivery[]) => Quote | undefined
}

/** Of each source and base the last. */
const lastOf = (records: readonly Delivery[]): readonly Quote[] => {
  const last = new Map<string, Quote>()
  for (const { value } of records) {
    const read = parseQuote(value.toString('utf8'))
    if (read._tag === 'Left') continue
    const quote = read.right
    const before = last.get(`${quote.source} ${quote.base}`)
    if (before === undefined || parseTime(before.at) <= parseTime(quote.at))
      last.set(`${quote.source} ${quote.base}`, quote)
  }
  return [...last.values()]
}

/** Quotes may wait, and only the last of each source be brought; but none counts as read before that. */
export const watchCarried = (): CarriedWatch => {
  const signatures = new Set<string>()
  return {
    brought: (text) => {
      const read = parseCommand(text, 'oracle')
      if (read._tag === 'Left' || read.right.type !== 'PublishQuotes') return
      for (const { signature } of read.right.data.quotes) signatures.add(signature)
    },
    lostIn: (records) => lastOf(records).find(({ signature }) => !signatures.has(signature)),
  }
}
