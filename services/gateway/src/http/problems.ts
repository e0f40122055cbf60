import type { RefusalCode, RejectionCode } from '@novation/clearing'

/**
 * Everything a request may be told is wrong with it (RFC 9457), by the status that says so. The list is closed: who reads
 * answers can tell them apart by code. What the ledger decided against (422) stands beside these, by its own codes.
 */
export const problems = {
  malformed: 400,
  'bad-position': 400,
  unauthenticated: 401,
  unsigned: 401,
  'unknown-key': 403,
  'revoked-key': 403,
  'bad-signature': 403,
  'not-permitted': 403,
  'foreign-host': 403,
  'foreign-origin': 403,
  'not-found': 404,
  'unknown-pool': 404,
  'wrong-pool': 404,
  'unknown-command': 404,
  'id-reused': 409,
  'too-old': 409,
  expired: 409,
  'no-news': 409,
  'job-lost': 410,
  'too-large': 413,
  'not-json': 415,
  'too-many': 429,
  busy: 503,
  unavailable: 503,
  'not-yet': 504,
} as const satisfies Readonly<Record<RefusalCode, number>> & Readonly<Record<string, number>>

export type ProblemCode = keyof typeof problems

/** Why a request is not answered as it was asked. */
export interface Problem {
  readonly code: ProblemCode | RejectionCode
  /** What, why, and what to do. */
  readonly detail: string
  /** What else is known: of a rejection, where it is recorded. */
  readonly more?: Readonly<Record<string, unknown>>
}

export const problem = (code: Problem['code'], detail: string, more?: Problem['more']): Problem => ({
  code,
  detail,
  ...(more === undefined ? {} : { more }),
})

export const noToken = problem(
  'unauthenticated',
  'without a token the totals are seen, and nothing else: send one that is in force',
)

const decidedAgainst = 422

/** The status that goes with a problem. A code may be a refusal's and a rejection's. */
export const statusOf = ({ code, more }: Problem): number =>
  more?.outcome !== 'rejected' && Object.hasOwn(problems, code) ? problems[code as ProblemCode] : decidedAgainst
