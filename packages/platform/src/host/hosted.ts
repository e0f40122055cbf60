import type { Command, LedgerEvent } from '@novation/events'
import { type Asking, react, startAsking } from './asking'
import type { Reactor } from './reactor'

/** A reactor with its state inside, so that reactors of different states stand in one list. A value: feeding it makes another. */
export interface Hosted {
  readonly name: string
  readonly feed: (event: LedgerEvent) => { readonly hosted: Hosted; readonly commands: readonly Command[] }
}

const hosting = <S>(reactor: Reactor<S>, asking: Asking<S>): Hosted => ({
  name: reactor.name,
  feed: (event) => {
    const next = react(reactor, asking, event)
    return { hosted: hosting(reactor, next.asking), commands: next.commands }
  },
})

/** A reactor before the first event of a pool. */
export const hostReactor = <S>(reactor: Reactor<S>, pool: string): Hosted =>
  hosting(reactor, startAsking(reactor, pool))
