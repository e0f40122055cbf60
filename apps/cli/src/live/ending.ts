import { BrokenChain, BrokenInvariant, OtherEdition } from '@novation/clearing'
import { Halted, HistoryGone } from '@novation/platform'
import { type ExitCode, exitCodes } from '../exit-code'
import { Failure } from '../failure'

/** By why a service stopped: where the ledger is sound it may be started again, else somebody must look first. */
const codes: Readonly<Record<Halted['reason'], ExitCode>> = {
  stopped: exitCodes.ok,
  fenced: exitCodes.unavailable,
  refused: exitCodes.unavailable,
  'disk-failed': exitCodes.unavailable,
  fork: exitCodes.mismatch,
  'broken-history': exitCodes.mismatch,
}

const told = ({ id, what, why, remedy }: Failure['explanation']): string =>
  `${id}: ${[what, why, remedy].filter((part) => part !== undefined).join('; ')}`

/** What a service that had to stop says last, and the exit code of its process. */
export const endingOf = (error: unknown): { readonly code: ExitCode; readonly message: string } => {
  const text = error instanceof Error ? error.message : String(error)
  if (error instanceof Halted) return { code: codes[error.reason], message: `${error.reason}: ${text}` }
  if (error instanceof HistoryGone)
    return { code: exitCodes.mismatch, message: `history-${error.how}: ${text}; ${error.remedy}` }
  if (error instanceof BrokenChain || error instanceof BrokenInvariant || error instanceof OtherEdition)
    return { code: exitCodes.mismatch, message: `${error.name}: ${text}` }
  if (error instanceof Failure) return { code: error.explanation.exit, message: told(error.explanation) }
  return { code: exitCodes.unavailable, message: `a part this service depends on is gone for good: ${text}` }
}
