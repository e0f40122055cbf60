import { kernelDigest, trustedDigest } from '@novation/risk'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'

/**
 * The digest of what options are priced by, where it is the one that every ledger is decided by; else a failure (exit 5): an
 * engine that rounds otherwise would decide another history, and call a sound one broken.
 */
export const checkedArithmetic = (digest = kernelDigest()): string => {
  if (digest === trustedDigest) return digest
  throw new Failure({
    id: 'other-arithmetic',
    exit: exitCodes.unavailable,
    what: `this engine (Node ${process.version}) computes prices of options otherwise than a ledger is decided`,
    why: `the digest of the portable arithmetic is ${digest} here, and ${trustedDigest} wherever it may be trusted`,
    remedy:
      'run it with an unaltered Node 20 or later, on a processor with IEEE 754 doubles; nothing was read or written',
  })
}
