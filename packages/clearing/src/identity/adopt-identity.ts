import { nameOf, roleOf } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import { delaysOf } from '../state/parameters'

type Adopted = Parameters<Decide<'AdoptIdentity'>>[1]

const badKeys = ({ keys }: Adopted): string | undefined => {
  if (keys.length === 0) return 'keys must name an operator'
  const other = keys.find(({ actor }) => roleOf(actor) !== 'operator' || nameOf(actor) === undefined)
  if (other !== undefined) return `keys must be of operators with a name, such as operator:anna, not of ${other.actor}`
  const twice = keys.find(({ key }, i) => keys.findIndex((each) => each.key === key) < i)
  return twice === undefined ? undefined : `${twice.key} stands twice: each operator has a key of its own`
}

/** From now on every command is signed, and there is no way back. All keys it names have signed it (protocol 27). */
export const adoptIdentity: Decide<'AdoptIdentity'> = ({ pool, record }, adopted, _, signedBy) => {
  const { domain, keys, development = false } = adopted
  if (pool.identity !== undefined) return reject('already-adopted', `commands of ${pool.name} are signed already`)
  const missing = keys.find(({ key }) => !signedBy.includes(key))
  if (missing !== undefined) return reject('key-missing', `${missing.key} of ${missing.actor} has not signed it`)
  const wrong = badKeys(adopted)
  if (wrong !== undefined) return reject('bad-parameter', wrong)
  record('IdentityAdopted', { domain, keys, development, ...delaysOf(pool.parameters) })
  return accepted
}
