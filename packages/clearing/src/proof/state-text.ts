import { canonicalJson } from '@novation/events'
import type { Book } from '../state/book'
import type { PartSizes } from '../state/bulk-size'
import type { Pool } from '../state/pool'
import { readPiecemeal } from './piecemeal'
import { bookOf } from './restore'
import { stateForm } from './state-form'

/** The text that the state hash is taken over: who has its bytes has its hash, and needs no book for that. */
export const stateText = (pool: Pool): string => canonicalJson(stateForm.write(pool))

/**
 * The book of a state as it was written, with nobody judged yet; outcomes and trades are not in it. Throws on a text that
 * is no state.
 */
export const readStateText = (text: string, parts?: PartSizes): Book =>
  bookOf(stateForm.read(readPiecemeal(text, 'accounts') as never), parts)
