import { createHash } from 'node:crypto'
import { parse, v5 } from 'uuid'

/** SHA-256 in hexadecimal. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What the first event of a ledger links to. */
export const genesis = '0'.repeat(64)

const namespace = parse('b2b3d3a4-6f0e-5d83-9c4e-6e6f76617469')

/** An id that follows from its words: the same words, the same id, on every machine (protocol 8, 10). */
export const idOf = (...words: readonly string[]): string => v5(Buffer.from(words.join('\n')), namespace)
