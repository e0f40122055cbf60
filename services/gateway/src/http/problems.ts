/**
 * Everything a request may be told is wrong with it (RFC 9457), by the status that says so. The list is closed: who reads
 * answers can tell them apart by code. The ledger's own codes of rejection stand beside these.
 */
export const problems = {
  malformed: 400,
  'bad-position': 400,
  'foreign-host': 403,
  'not-found': 404,
  'unknown-pool': 404,
  'too-large': 413,
  'not-json': 415,
  busy: 503,
  unavailable: 503,
  'not-yet': 504,
} as const

export type ProblemCode = keyof typeof problems

/** Why a request is not answered as it was asked. */
export interface Problem {
  readonly code: ProblemCode
  /** What, why, and what to do. */
  readonly detail: string
}

export const problem = (code: ProblemCode, detail: string): Problem => ({ code, detail })
