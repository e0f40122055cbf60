/** 365 days. */
const year_ms = 31_536_000_000
const day_ms = 86_400_000

/** A time in years, not below zero. */
export const yearsOf = (ms: number): number => (ms > 0 ? ms / year_ms : 0)

export const daysOf = (ms: number): number => ms / day_ms

export const yearsOfDays = (days: number): number => days / 365
