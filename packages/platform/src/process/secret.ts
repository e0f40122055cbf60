import { randomBytes } from 'node:crypto'

/** 32 bytes that nobody can guess. */
export const newSecret = (): Buffer => randomBytes(32)
