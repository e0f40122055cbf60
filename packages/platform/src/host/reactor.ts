import type { CommandData, CommandType, LedgerEvent, Sender } from '@novation/events'
import type { Either } from 'fp-ts/Either'

/** What a reactor wants of the ledger. `subject` names what it is about: an account, a liquidation. */
export interface Ask {
  readonly type: CommandType
  readonly data: CommandData<CommandType>
  readonly subject: string
}

export const ask = <K extends CommandType>(type: K, data: CommandData<K>, subject: string): Ask => ({
  type,
  data,
  subject,
})

/**
 * A service that follows the ledger and asks: it folds events into a state of its own, and says what is due in that
 * state. It moves nothing, and an ask that was lost or rejected is simply still due (protocol 13).
 */
export interface Reactor<S> {
  /** The actor its commands are sent as. */
  readonly name: Sender
  readonly initial: (pool: string) => S
  readonly evolve: (state: S, event: LedgerEvent) => S
  readonly due: (state: S) => readonly Ask[]
  /** The same of those only of whom it may have changed; without it, everybody is looked at after every command. */
  readonly news?: {
    /** Who that is since a place, and the place to read on from; nobody is named where it may be anybody. */
    readonly since: (
      state: S,
      place: number,
    ) => { readonly ids: ReadonlySet<string> | undefined; readonly place: number }
    readonly due: (state: S, ids: ReadonlySet<string>) => readonly Ask[]
  }
  /** How the state is kept between two lives of the process; without it, each life begins with a fold from zero. */
  readonly snapshot?: {
    readonly write: (state: S) => unknown
    /** Says why where it is not to be used: another reducer wrote it, or it does not hash to what it says. */
    readonly read: (json: unknown) => Either<string, S>
  }
}
