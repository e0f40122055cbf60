import { accept, type Decide, event, reject } from '../decision'

/** A trader's account: cross margin over all its positions, or isolated to one instrument. */
export const openAccount: Decide<'OpenAccount'> = (pool, { account, owner, margin }) =>
  pool.accounts.has(account)
    ? reject('account-exists', `account ${account} is open already`)
    : accept(event('AccountOpened', { account, margin: margin ?? 'cross', ...(owner === undefined ? {} : { owner }) }))
