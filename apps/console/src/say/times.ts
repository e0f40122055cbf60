/** `2020-03-12T10:48:00.000Z` as people read it: day and time, in UTC. */
export const moment = (at: string): string => `${at.slice(0, 10)} ${clock(at)}`

/** The time of day alone, to the second; thousandths only where there are any. */
export const clock = (at: string): string => at.slice(11).replace(/(\.000)?Z$/, '')

/** What is left until a moment, as minutes and seconds. */
export const countdown = (now: string, until: string): string => {
  const left = Math.max(0, Math.floor((Date.parse(until) - Date.parse(now)) / 1000))
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
}
