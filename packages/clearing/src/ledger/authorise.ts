import { type Command, roleOf, roles } from '@novation/events'
import { ownerOf, partyOf } from '../state/identity'

/** In whose name a command asks for something that only they may ask for; nothing where that does not matter. */
const subjectOf = ({ type, data }: Command): string | undefined => {
  switch (type) {
    case 'BidLiquidation':
      return data.bidder
    case 'Withdraw':
    case 'SetConsent':
    case 'CancelOrder':
      return data.account
    default:
      return undefined
  }
}

/** Why this sender may not send this, or nothing. A trader or keeper asks for its own account only, all but operators for their own keys; an oracle names no settlement price. */
export const forbidden = (command: Command): string | undefined => {
  const { actor, type, data } = command
  const role = roleOf(actor)
  if (role === undefined) return `${actor} has no role in this pool`
  if (!roles[role].includes(type)) return `${actor} may not send ${type}`
  if (type === 'RegisterKey' && role !== 'operator' && partyOf(data.actor) !== partyOf(actor))
    return `${actor} may register keys of its own only, not of ${data.actor}`
  if (type === 'SettleInstrument' && role === 'oracle' && data.price !== undefined)
    return `${actor} may settle at what an index has come to only, and name no price itself`
  const subject = subjectOf(command)
  const isOwner = role === 'trader' || role === 'keeper'
  return isOwner && subject !== undefined && subject !== ownerOf(actor)
    ? `${actor} may act for itself only, not for ${subject}`
    : undefined
}
