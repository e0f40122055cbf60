import { type Book, emptyPool, judge, process } from '@novation/clearing'
import { encodeEvent, type LedgerEvent, type Stored } from '@novation/events'
import { market, price, type Sent, trade, wish } from '../../host/kit/market'

const names = Array.from({ length: 12 }, (_, i) => `a${i}`)

/** A day with a bit of everything that is remembered: trades, prices, deposits, and commands that are rejected. */
export const day: readonly Sent[] = [
  ...market(Object.fromEntries(names.map((name) => [name, '1000']))),
  ...names.flatMap((name, i) => [
    trade(name, names[(i + 1) % names.length] ?? '', '1'),
    wish('Withdraw', { account: name, asset: 'USD', amount: '5000' }, 0, `too-much-${i}`),
    wish('Deposit', { account: name, asset: 'USD', amount: '1.5' }, 0, `more-${i}`),
  ]),
  ...names.map((_, i) => price(String(100 + (i % 3)), 1 + i)),
]

/** Decides what was sent, one after the other; `told` hears of the book after each. */
export const decideAll = (
  sent: readonly Sent[],
  told: (book: Book, events: readonly LedgerEvent[]) => void = () => undefined,
): { readonly book: Book; readonly stored: readonly Stored[] } => {
  const book = emptyPool('main')
  const stored = sent.flatMap(({ command, at }) => {
    const outcome = process(book, command, at)
    if (outcome.tag !== 'decided') throw new Error(`${command.id} was ${outcome.tag}`)
    told(book, outcome.events)
    return outcome.events.map(encodeEvent)
  })
  return { book: judge(book), stored }
}
