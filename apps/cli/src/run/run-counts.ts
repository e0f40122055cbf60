import type { Processed } from '@novation/clearing'

/** What became of the lines of a run. */
export interface RunCounts {
  readonly lines: number
  readonly accepted: number
  readonly rejected: number
  /** Decided in an earlier run, or said twice. */
  readonly repeated: number
  readonly refused: number
  readonly malformed: number
  /** Events added to the ledger. */
  readonly events: number
}

export const noCounts: RunCounts = {
  lines: 0,
  accepted: 0,
  rejected: 0,
  repeated: 0,
  refused: 0,
  malformed: 0,
  events: 0,
}

/** Which count a decided line, or one that was turned away, belongs to. */
export const verdictOf = (outcome: Processed): 'accepted' | 'rejected' | 'repeated' | 'refused' => {
  if (outcome.tag !== 'decided') return outcome.tag
  return outcome.rejection === undefined ? 'accepted' : 'rejected'
}

export const counting = (counts: RunCounts, what: keyof RunCounts, by = 1): RunCounts => ({
  ...counts,
  [what]: counts[what] + by,
})
