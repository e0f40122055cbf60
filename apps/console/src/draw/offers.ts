/** How the offer of an auction rises: the terms that it began with. */
export interface Terms {
  readonly start: string
  readonly cutoff: string
  readonly fastSeconds: number
  readonly slowSeconds: number
}

/**
 * The share of an account's value that a bidder is paid after so many seconds, for pixels alone: what the discount leaves. It rises from
 * `1 - start` to `1 - cutoff` in the fast phase and to all of it in the slow one.
 */
export const sharePaid = ({ start, cutoff, fastSeconds, slowSeconds }: Terms, seconds: number): number => {
  const [from, to] = [Number(start), Number(cutoff)]
  if (seconds < fastSeconds) return 1 - (from - ((from - to) * seconds) / fastSeconds)
  const slow = seconds - fastSeconds
  return slow >= slowSeconds ? 1 : 1 - to * (1 - slow / slowSeconds)
}
