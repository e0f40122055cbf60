import { BrokenChain, BrokenInvariant } from '@novation/clearing'
import { Halted } from '@novation/platform'
import { type ExitCode, exitCodes } from '../exit-code'

/** What a service that had to stop says last, and the exit code of its process. */
export const endingOf = (error: unknown): { readonly code: ExitCode; readonly message: string } => {
  const text = error instanceof Error ? error.message : String(error)
  if (error instanceof Halted) {
    if (error.reason === 'stopped') return { code: exitCodes.ok, message: `stopped: ${text}` }
    const leavesLedgerSound = error.reason === 'fenced' || error.reason === 'disk-failed'
    return {
      code: leavesLedgerSound ? exitCodes.unavailable : exitCodes.mismatch,
      message: `${error.reason}: ${text}`,
    }
  }
  if (error instanceof BrokenChain || error instanceof BrokenInvariant)
    return { code: exitCodes.mismatch, message: `${error.name}: ${text}` }
  return { code: exitCodes.unavailable, message: `a part this service depends on is gone for good: ${text}` }
}
