import { developmentKey, type SigningKey } from '@novation/events'
import { richKeeper, traders } from './scene'

/** What a thief has made for itself; and whose keys it has stolen is said where it uses them. */
export const thief = developmentKey('simulator', 'thief')

/** Who signs for an account, in either of its owner's names: `keeper:a1` bids, and says what may leave. */
export const ownerOf = (account: string): string => `keeper:${account}`

export const operators = ['operator:first', 'operator:second'] as const

/** Who has a key beside the operators: services, those who bring commands, owners. */
export const others = [
  ...['clock', 'margin', 'liquidator', 'insurance', 'keeper:backstop', 'venue', 'oracle', 'operator:desk'],
  ...[...traders, richKeeper].map(ownerOf),
] as const

/** Who may be a source in a world where there are any. */
export const sourceNames = [
  ...['source-1', 'source-2', 'source-3', 'source-4', 'source-5', 'source-6', 'source-7'],
  ...['liar-1', 'liar-2'],
] as const

const keys: ReadonlyMap<string, SigningKey> = new Map(
  [...operators, ...others, ...sourceNames.map((name) => `source:${name}`)].map((actor) => [
    actor,
    developmentKey('simulator', actor),
  ]),
)

/** The true key of an actor, if it has one. */
export const keyOf = (actor: string): SigningKey | undefined => keys.get(actor)

const byName: ReadonlyMap<string, SigningKey> = new Map([...keys.values(), thief].map((each) => [each.key, each]))

/** By the name under which a key is registered. */
export const keyNamed = (name: string): SigningKey | undefined => byName.get(name)

/** What is signed for this pool. */
export const domainOf = (pool: string): string => `storm-${pool}`

/** Another house with a pool of the same name, where the same people have the same keys. */
export const elsewhere = 'elsewhere'
