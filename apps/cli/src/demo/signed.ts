import { backstop } from '@novation/clearing'
import { developmentKey, serviceRoles, sha256, signQuote } from '@novation/events'
import { type Keyring, keyringOf } from '../identity/keyring'
import { deskName } from './desk'
import { keepers, type Wish, wish } from './house'
import type { SignQuote } from './script'

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

const actorOf = (source: string): string => `source:${source}`

/** Keys that anybody can make from the seed of a demo, for everybody who asks in it, and for its sources. */
export const developmentKeys = (seed: number, sources: readonly string[] = []): Keyring => {
  const actors = [...operators, ...others, ...sources.map(actorOf)]
  return keyringOf(new Map(actors.map((actor) => [actor, developmentKey(String(seed), actor)])))
}

/** Each source signs what it says itself. */
export const signingSources =
  ({ of }: Keyring): SignQuote =>
  (quote) => {
    const key = of(actorOf(quote.source))
    if (key === undefined) throw new Error(`${quote.source} has no key`)
    return signQuote(quote, key)
  }

/**
 * What makes the pool of a demo one of development keys, those of its sources among them. The domain follows from the seed: a demo is
 * the same each time.
 */
export const adoption = (seed: number, sources: readonly string[] = []): readonly Wish[] => {
  const bindingOf = (actor: string) => ({ actor, key: developmentKey(String(seed), actor).key })
  const domain = sha256(`demo ${seed}`).slice(0, 32)
  return [
    wish('operator:first', 'AdoptIdentity', { domain, keys: operators.map(bindingOf), development: true }),
    ...[...others, ...sources.map(actorOf)].map((actor) => wish('operator:first', 'RegisterKey', bindingOf(actor))),
  ]
}
