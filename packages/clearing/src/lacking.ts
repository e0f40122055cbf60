import { format } from '@novation/decimal'
import { type Decision, reject } from './decision'
import type { Account, Health } from './state/pool'

/** What was asked would leave an account with less than its initial margin. */
export const lacksMargin = ({ id }: Account, { equity, initial }: Health): Decision =>
  reject('insufficient-margin', `${id} would have equity ${format(equity)} against initial margin ${format(initial)}`)
