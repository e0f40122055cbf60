import { parseTime } from '@novation/events'
import type { Law } from './law'

/** An isolated account holds one instrument only. */
export const isolatedApart: Law = ({ after }) => {
  for (const { id, margin, positions } of after.accounts.values())
    if (margin === 'isolated' && positions.size > 1)
      return `${id} is isolated and holds ${[...positions.keys()].join(', ')}`
  return undefined
}

/** protocol 7: nothing is decided that is older than ids are remembered. */
export const nothingForgotten: Law = ({ before, events: [first] }) => {
  const memory_s = before.parameters.idempotency_s
  const made = first?.metadata.command?.at
  if (memory_s === undefined || made === undefined) return undefined
  return parseTime(made) < before.at - memory_s * 1000
    ? `${first?.metadata.commandId} was made at ${made}, longer ago than ${memory_s} s`
    : undefined
}

/** protocol 12: one append touches no more accounts, and makes no more closes, than it may. */
export const noMoreThanFits: Law = ({ before, events }) => {
  const { accounts, closes } = before.parts
  let touched = 0
  let closed = 0
  for (const event of events) {
    if (event.type === 'InstrumentSettled') touched += event.data.positions.length
    if (event.type === 'LossSocialized') touched += event.data.taken.length + event.data.given.length
    if (event.type === 'InsuranceDrawn' && event.data.purpose === 'write-off') touched += 1
    if (event.type === 'Deleveraged') closed += 1
  }
  if (touched > accounts) return `an append touches ${touched} accounts, and ${accounts} are the most`
  return closed > closes ? `an append closes ${closed} times, and ${closes} are the most` : undefined
}
