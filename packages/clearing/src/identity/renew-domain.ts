import { accepted, type Decide, reject } from '../decision'

/** What was signed for this pool and has not been decided is void: a restored copy is another pool from now on (protocol 27). */
export const renewDomain: Decide<'RenewDomain'> = ({ pool, record }, { domain }) => {
  if (pool.identity === undefined) return reject('not-adopted', `${pool.name} is open: it has no domain`)
  if (pool.identity.domain === domain) return reject('bad-parameter', 'domain must be another one')
  record('DomainRenewed', { domain })
  return accepted
}
