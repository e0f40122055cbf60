import { BrokenChain, BrokenInvariant, OtherEdition } from '@novation/clearing'
import { ClockMute, Halted, HistoryGone, NeverSettles } from '@novation/platform'
import { type ExitCode, exitCodes } from './exit-code'

/** What somebody who meets a failure wants to know. */
interface Explanation {
  /** The word to search for: it stays the same from version to version. */
  readonly id: string
  readonly exit: ExitCode
  readonly what: string
  readonly why?: string
  readonly remedy?: string
}

/** A command cannot go on. Thrown from wherever that is found, and said once, at the door. */
export class Failure extends Error {
  override readonly name = 'Failure'
  constructor(readonly explanation: Explanation) {
    super(explanation.what)
  }
}

const damaged = (why: string): Failure =>
  new Failure({
    id: 'ledger-damaged',
    exit: exitCodes.mismatch,
    what: 'the ledger cannot be read to its end',
    why,
    remedy: 'restore it from a copy or an export; nothing was written',
  })

/** Reasons to stop that leave the ledger sound. */
const standing = {
  fenced: 'somebody else writes this ledger',
  stopped: 'the ledger does not answer',
}

const elsewhere = (halted: Halted): Failure =>
  new Failure({
    id: `ledger-${halted.reason}`,
    exit: exitCodes.unavailable,
    what: halted.reason === 'fenced' ? standing.fenced : standing.stopped,
    why: halted.message,
    remedy: 'let one writer finish, then run the same command again: it goes on where it stopped',
  })

/** Nothing of what the disk refused counts: what was acknowledged before is there, and the rest is decided again. */
const diskFailed = (why: string): Failure =>
  new Failure({
    id: 'disk-failed',
    exit: exitCodes.unavailable,
    what: 'the disk failed',
    why,
    remedy: 'look at its room, its health and who may write there, then run the same command again',
  })

const gone = ({ how, message, remedy }: HistoryGone): Failure =>
  new Failure({
    id: `history-${how}`,
    exit: exitCodes.mismatch,
    what: message,
    remedy: `nothing was written; ${remedy}`,
  })

const otherEdition = (why: string): Failure =>
  new Failure({
    id: 'other-edition',
    exit: exitCodes.mismatch,
    what: 'the ledger was decided by another edition of the rules',
    why,
    remedy:
      'the version that wrote it answers this; here `verify`, `tail` and `export` read it, and what its outsiders asked is decided anew by `novation export --output=commands` into a file and `novation run` of that file into a new folder',
  })

/** What the rooms below throw when they cannot go on, in words for whoever runs the command. */
export const failureOf = (error: unknown): Failure | undefined => {
  if (error instanceof Failure) return error
  if (error instanceof HistoryGone) return gone(error)
  if (error instanceof OtherEdition) return otherEdition(error.message)
  if (error instanceof Halted && error.reason in standing) return elsewhere(error)
  if (error instanceof Halted && error.reason === 'disk-failed') return diskFailed(error.message)
  if (error instanceof BrokenChain || error instanceof BrokenInvariant || error instanceof Halted)
    return damaged(error.message)
  if (error instanceof ClockMute)
    return new Failure({
      id: 'clock-mute',
      exit: exitCodes.failed,
      what: 'the clock of this ledger has no key',
      why: error.message,
      remedy:
        'register one for `clock` by a command whose `at` is before that time, keep its key in the folder of --keys, and run again',
    })
  if (error instanceof NeverSettles)
    return new Failure({
      id: 'never-settles',
      exit: exitCodes.failed,
      what: `the reactor ${error.reactor} keeps asking`,
      why: error.message,
      remedy:
        'raise --max-settle if so much follows from one command; else it is a mistake in a reactor. What was settled before is kept',
    })
  return undefined
}

/** The words for a failure: what, why, what to do, and what to search for. */
export const explainFailure = ({ explanation: { id, what, why, remedy } }: Failure): string =>
  [
    `novation: ${what}`,
    ...(why === undefined ? [] : [`  why: ${why}`]),
    ...(remedy === undefined ? [] : [`  what to do: ${remedy}`]),
    `  id: ${id}\n`,
  ].join('\n')
