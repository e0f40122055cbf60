import { type Command, formatTime, type Millis, parseTime } from '@novation/events'

const day_ms = 86_400_000

/**
 * Why a command is too far ahead of its ledger (of the machine's clock, where that is empty), or undefined. Time cannot be
 * taken back: one wrong digit in a year would let every price wear out and every deadline pass.
 */
export const leapOf = ({ at }: Command, now: Millis, jump_ms: number | undefined): string | undefined => {
  if (at === undefined || jump_ms === undefined || parseTime(at) - now <= jump_ms) return undefined
  return `at: ${at} is more than ${jump_ms / day_ms} days after ${formatTime(now)}, and time never goes back; if it is meant, allow it with --jump=DAYS`
}
