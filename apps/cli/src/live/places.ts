import { extname, join } from 'node:path'
import { type Beside, besideIn } from '@novation/platform'
import type { PlacesOf } from './place-thread'

/** Writes places down in a thread beside, so that nobody who follows the ledger stops for it. */
export const placesBeside = (of: PlacesOf): Beside =>
  besideIn(join(__dirname, `place-thread${extname(__filename)}`), of)
