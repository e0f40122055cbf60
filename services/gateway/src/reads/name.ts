import { formed } from '../http/shared'

/** What may be the name of anything: an account, an instrument, a liquidation. */
export const Name = formed('a name: 1 to 80 of A-Z a-z 0-9 . _ : -', /^[A-Za-z0-9._:-]{1,80}$/)
