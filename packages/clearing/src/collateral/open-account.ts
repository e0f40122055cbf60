import { accepted, type Decide, reject } from '../decision'

/** A trader's account: cross margin over all its positions, or isolated to one instrument. */
export const openAccount: Decide<'OpenAccount'> = ({ pool, record }, { account, margin = 'cross', ...more }) => {
  if (pool.accounts.has(account)) return reject('account-exists', `account ${account} is open already`)
  if (pool.identity === undefined && more.consent !== undefined && more.consent !== 'venue')
    return reject(
      'not-adopted',
      `${pool.name} is open: nobody has keys in it, and nothing could ever leave the account`,
    )
  record('AccountOpened', { account, margin, ...more })
  return accepted
}
