import { backstop } from '@novation/clearing'
import {
  type Command,
  developmentKey,
  type SigningKey,
  serviceRoles,
  sha256,
  signCommandAside,
  signQuoteAside,
} from '@novation/events'
import { type Keyring, keyringOf } from '../identity/keyring'
import { deskName } from './desk'
import { keepers, type Wish, wish } from './house'
import type { Signing } from './script'

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

/** Keys prove themselves by signing what makes them known: so it takes more than its sender's. */
export const isAboutKeys = ({ type }: Command): boolean => type === 'AdoptIdentity' || type === 'RegisterKey'

const actorOf = (source: string): string => `source:${source}`

/** Keys that anybody can make from the seed of a demo, for everybody who asks in it, and for its sources. */
export const developmentKeys = (seed: number, sources: readonly string[] = []): Keyring => {
  const actors = [...operators, ...others, ...sources.map(actorOf)]
  return keyringOf(new Map(actors.map((actor) => [actor, developmentKey(String(seed), actor)])))
}

/** A demo is the same each time, and so is the name of its pool's house. */
const domainOf = (seed: number): string => sha256(`demo ${seed}`).slice(0, 32)

/** Each signs what it says itself. */
export const signingBy = ({ of }: Keyring, seed: number): Signing => {
  const keyOf = (actor: string): SigningKey => {
    const key = of(actor)
    if (key === undefined) throw new Error(`${actor} has no key`)
    return key
  }
  return {
    quote: async (quote) => signQuoteAside(quote, keyOf(actorOf(quote.source))),
    command: async (command) =>
      isAboutKeys(command) ? command : signCommandAside(command, domainOf(seed), keyOf(command.actor)),
  }
}

/**
 * What makes the pool of a demo one of development keys, those of its sources among them.
 */
export const adoption = (seed: number, sources: readonly string[] = []): readonly Wish[] => {
  const bindingOf = (actor: string) => ({ actor, key: developmentKey(String(seed), actor).key })
  const domain = domainOf(seed)
  return [
    wish('operator:first', 'AdoptIdentity', { domain, keys: operators.map(bindingOf), development: true }),
    ...[...others, ...sources.map(actorOf)].map((actor) => wish('operator:first', 'RegisterKey', bindingOf(actor))),
  ]
}
