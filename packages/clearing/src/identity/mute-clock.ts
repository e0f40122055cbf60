import { type Command, type CommandType, formatTime } from '@novation/events'
import { type Refused, refuse } from '../ledger/refused'
import { hasActiveKey } from '../state/bindings'
import type { Pool } from '../state/pool'
import { nextDue } from '../time/due'

/** What gives a pool its keys, or takes them: it waits for nothing that is due, or a clock without a key would never get one. */
const ofKeys: ReadonlySet<CommandType> = new Set(['RegisterKey', 'RevokeKey', 'RenewDomain'])

/** Whether time cannot pass in a pool, because it has an identity and its clock no key that counts: nobody would believe the clock. */
export const isClockMute = (pool: Pool): boolean =>
  pool.identity !== undefined && pool.verify !== 'assumed' && !hasActiveKey(pool, 'clock')

/** What was due comes before whatever else is decided; where it cannot, nothing is decided until an operator has registered a key of the clock. */
export const waitsForClock = (pool: Pool, { type }: Command): Refused | undefined => {
  if (ofKeys.has(type) || !isClockMute(pool)) return undefined
  const due = nextDue(pool)
  if (due === undefined || due > pool.at) return undefined
  return refuse(
    'unsigned',
    `what was due at ${formatTime(due)} cannot come to pass, for the clock of ${pool.name} has no key: an operator registers one first`,
  )
}
