import type { RefusalCode } from '../rejections'

/** Turned away at the door: nothing happened, and the id is free (protocol 6). */
export interface Refused {
  readonly tag: 'refused'
  readonly code: RefusalCode
  readonly reason: string
}

export const refuse = (code: RefusalCode, reason: string): Refused => ({ tag: 'refused', code, reason })
