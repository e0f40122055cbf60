import { frameOf } from '@novation/platform'
import { cursorOf } from './cursor'

/** Where in a history a message stands. */
export interface Standing {
  readonly revision: number
  readonly hash: string
  readonly at: string
}

/** Something that is said: the fields as JSON, and, where who hears it may come again after it, the cursor. */
export interface Message {
  readonly channel: string | undefined
  /** The rest, as the inside of a JSON object. */
  readonly rest: string
  readonly cursor?: Standing | undefined
}

/** How messages are put into bytes; of one form for all who are connected in that way. */
export interface Wire {
  readonly name: string
  readonly put: (pool: string, message: Message) => string | Uint8Array
}

/** Server-Sent Events: one pool, so its name is left out; the cursor is the id, by which a reader comes again by himself. */
export const lines: Wire = {
  name: 'lines',
  put: (_, { channel, rest, cursor }) => {
    const id = cursor === undefined ? '' : `id: ${cursorOf(cursor)}\n`
    const named = channel === undefined ? '' : `"channel":"${channel}",`
    return `${id}data: {${named}${rest}}\n\n`
  },
}

/** Frames of a conversation about many pools: the channel is `main/calls`, and the cursor stands beside it. */
export const frames: Wire = {
  name: 'frames',
  put: (pool, { channel, rest, cursor }) => {
    const named = `"channel":"${channel === undefined ? pool : `${pool}/${channel}`}",`
    return frameOf(`{${named}${cursor === undefined ? '' : `"cursor":"${cursorOf(cursor)}",`}${rest}}`)
  },
}

/** Several after each other, as one. */
export const together = (parts: readonly (string | Uint8Array)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))

/** Fields as the inside of a JSON object. */
export const inside = (fields: object): string => JSON.stringify(fields).slice(1, -1)
