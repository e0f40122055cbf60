import type { Book } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import { marketKeeper } from '@novation/keeper'
import { type Hosted, hostReactor } from '@novation/platform'
import { observer } from '../run/observer'
import { serviceReactors } from '../run/reactors'
import { desk } from './desk'
import { keepers } from './house'

/** Everybody who reacts in a demo: the services as in any run, then the keepers of the market and the traders. */
export const demoReactors =
  (bar_s: number, hear: (event: LedgerEvent) => void) =>
  (book: Book): readonly Hosted[] => [
    ...serviceReactors(book),
    ...keepers.map(({ account, ...appetite }) => hostReactor(marketKeeper(book, account, appetite), book.name)),
    hostReactor(desk(book, bar_s), book.name),
    observer(hear),
  ]
