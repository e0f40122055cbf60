/**
 * Every reason a command may be turned away for, in order of precedence: where several apply, the first is named.
 * The order is published and frozen; new codes go where they belong, and an old one keeps its meaning.
 */

/** Turned away at the door: nothing is recorded and the id stays free (protocol 6). */
export const refusals = [
  'malformed',
  'wrong-pool',
  'unsigned',
  'unknown-key',
  'revoked-key',
  'not-permitted',
  'bad-signature',
  'id-reused',
  'too-old',
  'expired',
] as const
export type RefusalCode = (typeof refusals)[number]

/** Decided against the state, and recorded as `CommandRejected`. */
export const rejections = [
  'unknown-account',
  'unknown-instrument',
  'unknown-asset',
  'unknown-liquidation',
  'unknown-key',
  'name-taken',
  'account-exists',
  'duplicate-trade',
  'unknown-trade',
  'already-adopted',
  'not-adopted',
  'key-exists',
  'key-missing',
  'not-own-key',
  'last-key',
  'consent-missing',
  'order-missing',
  'order-exceeded',
  'not-supported',
  'bad-parameter',
  'not-settlement-asset',
  'too-many-places',
  'not-positive',
  'not-a-lot',
  'self-trade',
  'isolated-account',
  'not-trading',
  'reduce-only',
  'not-expired',
  'already-settled',
  'under-liquidation',
  'price-out-of-order',
  'beyond-band',
  'too-soon',
  'too-late',
  'nothing-due',
  'insufficient-balance',
  'over-cap',
  'not-matured',
  'no-liquidity',
  'held-back',
  'stale-price',
  'not-breached',
  'not-reducing',
  'beyond-limit',
  'backstop-first',
  'insufficient-margin',
  'too-large',
  'nothing-to-cover',
] as const
export type RejectionCode = (typeof rejections)[number]
