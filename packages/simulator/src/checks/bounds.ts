import { parseTime } from '@novation/events'
import type { Law } from './law'

/** An isolated account holds one instrument only. */
export const isolatedApart: Law = ({ after }) => {
  for (const { id, margin, positions } of after.accounts.values())
    if (margin === 'isolated' && positions.size > 1)
      return `${id} is isolated and holds ${[...positions.keys()].join(', ')}`
  return undefined
}

/** protocol 7: nothing is decided that is older than ids are remembered, or were until now. */
export const nothingForgotten: Law = ({ before, after, events: [first] }) => {
  const memory_s = before.parameters.idempotency_s ?? Number.POSITIVE_INFINITY
  const made = first?.metadata.command?.at
  if (after.door < before.door) return `what ids are remembered since goes back from ${before.door} to ${after.door}`
  if (made === undefined || parseTime(made) >= Math.max(before.door, before.at - memory_s * 1000)) return undefined
  return `${first?.metadata.commandId} was made at ${made}, longer ago than ids are remembered`
}

/** protocol 12: one append touches no more accounts, and makes no more closes, than it may. */
export const noMoreThanFits: Law = ({ before, events }) => {
  const { accounts, closes } = before.parts
  let touched = 0
  let closed = 0
  for (const event of events) {
    if (event.type === 'InstrumentSettled') touched += event.data.positions.length
    if (event.type === 'ExpirySettled' || event.type === 'VariationSettled')
      touched += new Set(event.data.positions.map(({ account }) => account)).size
    if (event.type === 'LossSocialized') touched += event.data.taken.length + event.data.given.length
    if (event.type === 'InsuranceDrawn' && event.data.purpose === 'write-off') touched += 1
    if (event.type === 'Deleveraged') closed += 1
  }
  if (touched > accounts) return `an append touches ${touched} accounts, and ${accounts} are the most`
  return closed > closes ? `an append closes ${closed} times, and ${closes} are the most` : undefined
}
