import { backstop } from '@novation/clearing'
import { developmentKey, serviceRoles, sha256 } from '@novation/events'
import { type Keyring, keyringOf } from '../identity/keyring'
import { deskName } from './desk'
import { keepers, type Wish, wish } from './house'

const operators = ['operator:first', 'operator:second']

/** Everybody else who asks for anything in a demo. */
const others = [
  'operator',
  'venue',
  deskName,
  'oracle',
  ...serviceRoles.filter((role) => role !== 'gateway'),
  ...[backstop, ...keepers.map(({ account }) => account)].map((account) => `keeper:${account}`),
]

/** Keys that anybody can make from the seed of a demo, for everybody who asks in it. */
export const developmentKeys = (seed: number): Keyring =>
  keyringOf(new Map([...operators, ...others].map((actor) => [actor, developmentKey(String(seed), actor)])))

/** What makes the pool of a demo one of development keys. The domain follows from the seed: a demo is the same each time. */
export const adoption = (seed: number): readonly Wish[] => {
  const bindingOf = (actor: string) => ({ actor, key: developmentKey(String(seed), actor).key })
  const domain = sha256(`demo ${seed}`).slice(0, 32)
  return [
    wish('operator:first', 'AdoptIdentity', { domain, keys: operators.map(bindingOf), development: true }),
    ...others.map((actor) => wish('operator:first', 'RegisterKey', bindingOf(actor))),
  ]
}
