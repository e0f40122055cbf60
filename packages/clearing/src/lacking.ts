import { format } from '@novation/decimal'
import { type Decision, reject } from './decision'
import type { Account, Health } from './state/pool'

/** What was asked would leave an account with less than its initial margin. */
export const lacksMargin = ({ id }: Account, { worst, initial }: Health): Decision =>
  reject(
    'insufficient-margin',
    `${id} would be worth ${format(worst)} at the worst, against initial margin ${format(initial)}`,
  )
