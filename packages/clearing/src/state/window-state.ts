import { zero } from '@novation/decimal'
import type { Book } from './book'
import type { Oracle, PriceWindow, WindowTerms } from './oracle'
import type { Instrument } from './pool'
import { coveredAt, windowName, windowOf } from './price-window'

// What events change of the windows that somebody looks at an index through.

const put = (book: Book, oracle: Oracle, window: PriceWindow): void =>
  book.put<Oracle, PriceWindow>(oracle, 'windows', windowName(window), window)

/** From now on, at the earliest, its index is counted: what was before it began, or before anybody asked, is nobody's. */
export const openWindow = (book: Book, terms: WindowTerms | undefined): void => {
  const { oracle } = book
  if (terms === undefined || oracle === undefined || oracle.windows.has(windowName(terms))) return
  put(book, oracle, { ...terms, covered: { to: Math.max(terms.from, book.at), covered_ms: 0, integral: zero } })
}

/** Before an index changes, what it was until now is counted. */
export const coverWindows = (book: Book, index: string): void => {
  const { oracle, at } = book
  if (oracle === undefined) return
  for (const window of [...oracle.windows.values()]) {
    const { from, until, window_ms, covered } = window
    const isOver = covered.covered_ms >= window_ms || covered.to >= until
    if (window.index === index && at > from && !isOver)
      put(book, oracle, { ...window, covered: coveredAt(oracle, window, at) })
  }
}

const looksThrough = (instrument: Instrument, name: string): boolean => {
  const terms = instrument.fixed || instrument.settled ? undefined : windowOf(instrument)
  return terms !== undefined && windowName(terms) === name
}

/** What nobody waits for any more is forgotten. */
export const closeWindow = (book: Book, terms: WindowTerms | undefined): void => {
  const { oracle } = book
  if (terms === undefined || oracle === undefined) return
  const name = windowName(terms)
  const isNeeded = [...book.instruments.values()].some((instrument) => looksThrough(instrument, name))
  if (!isNeeded) book.remove<Oracle>(oracle, 'windows', name)
}
