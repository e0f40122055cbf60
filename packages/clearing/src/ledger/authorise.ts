import { type Command, nameOf, roleOf, roles } from '@novation/events'

/** Why this sender may not send this, or nothing. A trader or keeper bids as itself only. */
export const forbidden = ({ actor, type, data }: Command): string | undefined => {
  const role = roleOf(actor)
  if (role === undefined) return `${actor} has no role in this pool`
  if (!roles[role].includes(type)) return `${actor} may not send ${type}`
  const asItself = role === 'trader' || role === 'keeper'
  return asItself && 'bidder' in data && data.bidder !== nameOf(actor)
    ? `${actor} may bid for itself only, not for ${data.bidder}`
    : undefined
}
