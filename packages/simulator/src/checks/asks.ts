import { type Command, canonicalJson } from '@novation/events'
import type { Law } from './law'

const wishOf = ({ actor, type, data }: Command): string => `${actor} ${type} ${canonicalJson(data)}`

/** protocol 13: a rejected ask is not asked again in answer to its own rejection. */
export const askedOnce = (): Law => {
  /** The wish that each rejection turned down. */
  const rejections = new Map<string, string>()
  return ({ events }) => {
    const [first] = events
    const command = first?.metadata.command
    if (first === undefined || command === undefined) return undefined
    const answered = rejections.get(command.causationId ?? '')
    if (first.type === 'CommandRejected') rejections.set(first.id, wishOf(command))
    return answered === wishOf(command) ? `${command.actor} asks ${command.type} because it was rejected` : undefined
  }
}
