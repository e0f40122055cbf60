import { join } from 'node:path'
import { optional } from '../settings/flag'
import { PathText } from '../settings/texts'

export const snapshots = optional('DIR', PathText, 'where snapshots lie; by default beside the ledger, in its folder')

/** Where the snapshots of a ledger lie where nobody says. */
export const shelfOf = (settings: {
  readonly snapshots: string | undefined
  readonly ledger: string | undefined
}): string => settings.snapshots ?? join(settings.ledger ?? '.novation', 'snapshots')
