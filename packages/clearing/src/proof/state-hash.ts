import { sha256 } from '@novation/events'
import type { Pool } from '../state/pool'
import { stateText } from './state-text'

/** Numbers the fold: a change of what the state is, or of how it is written, is a new number (architecture rule 9). */
export const reducerVersion = 10

/** The whole state in 64 characters: the same history gives the same hash on every machine. */
export const stateHash = (pool: Pool): string => sha256(stateText(pool))
