import type { Book } from '@novation/clearing'
import { insurance } from '@novation/insurance'
import { backstopKeeper } from '@novation/keeper'
import { liquidator } from '@novation/liquidator'
import { margin } from '@novation/margin'
import { type Hosted, hostOn, type Reactor } from '@novation/platform'

/** The services of a run, in the order in which each event reaches them (protocol, run 1). */
export const services: readonly Reactor<Book>[] = [margin, liquidator, insurance, backstopKeeper]

/** They read the ledger's own book: each event is folded once for all of them. */
export const serviceReactors = (book: Book): readonly Hosted[] => [hostOn(book, services)]
