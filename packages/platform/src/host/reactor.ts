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

/** The same where it is dear to work out what to say: done only where it is said. */
export const askLater = <K extends CommandType>(type: K, data: () => CommandData<K>, subject: string): Ask => ({
  type,
  subject,
  get data() {
    return data()
  },
})

/** A state, as it follows from what the ledger has recorded. */
export interface Fold<S> {
  readonly initial: (pool: string) => S
  readonly evolve: (state: S, event: LedgerEvent) => S
  /** How the state is kept between two lives of the process; without it, each life begins with a fold from zero. */
  readonly snapshot?: {
    readonly write: (state: S) => unknown
    /** Says why where it is not to be used: another reducer wrote it, or it does not hash to what it says. */
    readonly read: (json: unknown) => Either<string, S>
  }
}

/**
 * What is due after one more command, of those only for whom it may have changed since the last one, by a place of its
 * own; of everybody where it has none yet. `again` are subjects to look at in any case. Where `isChanged` (answers may be
 * others now) or anything is looked at again, so is all that waits for another reason than its duty.
 */
export type Watch<S> = (state: S, again: ReadonlySet<string>, isChanged: boolean) => readonly Ask[]

/**
 * A service that follows the ledger and asks: it folds events into a state, and says what is due in that state. It moves
 * nothing, and an ask that was lost or rejected is simply still due (protocol 13).
 */
export interface Reactor<S> extends Fold<S> {
  /** The actor its commands are sent as. */
  readonly name: Sender
  /** All that is due, whoever it is about. */
  readonly due: (state: S) => readonly Ask[]
  /** The same, step by step, for one life; without it, everybody is looked at after every command. */
  readonly watch?: () => Watch<S>
}
