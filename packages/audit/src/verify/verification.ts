import type { Pool, Snapshot } from '@novation/clearing'
import type { Stored } from '@novation/events'
import type { Walk } from '../walk'
import type { Check } from './checks'
import type { StateRules } from './state'

/** Something outside the chain that vouches for a revision: a signed checkpoint, a snapshot. */
export interface Witness {
  readonly check: 'checkpoint' | 'snapshot'
  readonly revision: number
  /** What does not agree, or nothing. `pool` is the folded state, where there is one. */
  readonly objection: (event: Stored, pool: Pool | undefined) => string | undefined
}

export interface VerifyOptions extends Walk, StateRules {
  readonly pool: string
  /**
   * `everything`; `signature`: no command is decided again, but who signed it is looked at; `fold`: nor that; `chain`:
   * bytes, links and order only, no state is made.
   */
  readonly depth?: 'everything' | 'signature' | 'fold' | 'chain'
  readonly witnesses?: readonly Witness[]
  /** Called with the state after each event that is watched, while it holds. */
  readonly onState?: (pool: Pool, event: Stored) => void
  /** Of which revisions `onState` hears; of all, where it is left out, which keeps commands from being decided whole. */
  readonly isWatched?: (revision: number) => boolean
}

/** How one check went. */
export interface CheckResult {
  readonly check: Check
  /** `held` over all that was read; `broken`; `ended` where another break made it impossible to go on; `not-asked`. */
  readonly outcome: 'held' | 'broken' | 'ended' | 'not-asked'
  /** The last revision for which it is known to hold; -1 for none. */
  readonly through: number
  /** Where it broke, and what was found. */
  readonly at?: number
  readonly reason?: string
}

/** A verification that was interrupted between two commands, with all it takes to go on. */
export interface Suspended {
  readonly pool: string
  readonly depth: string
  readonly revision: number
  readonly head: string
  readonly decidedAgain: number
  readonly comparedByMeaning: number
  readonly signedFrom?: number
  readonly vouched: Readonly<Record<Witness['check'], number>>
  /** With the indexes over commands where those are decided again; nothing where only the chain is looked at. */
  readonly snapshot?: Snapshot
}

export interface Verification {
  readonly pool: string
  readonly events: number
  /** Of the last event read; -1 for none. */
  readonly revision: number
  readonly head: string
  /** Whether the whole history was read, and not ended by an interruption. */
  readonly complete: boolean
  /** Nothing broke of what was read. */
  readonly sound: boolean
  readonly checks: readonly CheckResult[]
  /** The first revision at which anything broke, and every check that broke there. */
  readonly firstBroken?: { readonly revision: number; readonly checks: readonly Check[] }
  /** Commands, and parts of bulk work, decided again; events compared by what they mean since their schema is older. */
  readonly decidedAgain: number
  readonly comparedByMeaning: number
  /** The revision at which identity was adopted: from there on every command is signed. */
  readonly signedFrom?: number
  /** How many signed checkpoints and snapshots were held against the ledger, and the last revision they vouch for. */
  readonly checkpoints: { readonly count: number; readonly through: number }
  readonly snapshots: { readonly count: number; readonly through: number }
  /** Work that the ledger has begun and not finished, which is no fault: a bulk that goes on when it next starts. */
  readonly inProgress?: string
  /** The state after the last event read, where all of it could be folded. */
  readonly state?: Pool
  /** Where it was interrupted and nothing had broken: how to go on from there. */
  readonly suspended?: Suspended
}
