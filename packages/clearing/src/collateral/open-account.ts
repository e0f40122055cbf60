import { accepted, type Decide, reject } from '../decision'

/** A trader's account: cross margin over all its positions, or isolated to one instrument. */
export const openAccount: Decide<'OpenAccount'> = (draft, { account, owner, margin = 'cross' }) => {
  if (draft.pool.accounts.has(account)) return reject('account-exists', `account ${account} is open already`)
  draft.record('AccountOpened', { account, margin, ...(owner === undefined ? {} : { owner }) })
  return accepted
}
