import { join } from 'node:path'
import type { Label } from '@novation/audit'
import { optional } from '../settings/flag'
import { PathText } from '../settings/texts'
import type { World } from '../world'

export const snapshots = optional('DIR', PathText, 'where snapshots lie; by default beside the ledger, in its folder')

/** Where the snapshots of a ledger lie where nobody says. */
export const shelfOf = (settings: {
  readonly snapshots: string | undefined
  readonly ledger: string | undefined
}): string => settings.snapshots ?? join(settings.ledger ?? '.novation', 'snapshots')

/** Tells of a snapshot that is not believed: the answer comes from an earlier one, and takes longer. */
export const sayPassedOver =
  ({ err }: World) =>
  ({ revision }: Label, reason: string): void =>
    void err.write(`the snapshot at ${revision} is passed over: ${reason}\n`)
