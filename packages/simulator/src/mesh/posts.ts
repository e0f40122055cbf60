import type { Book } from '@novation/clearing'
import type { Reactor, Shard } from '@novation/platform'
import type { Traits } from '../load/traits'
import type { Parts } from './parts'

/** Reactors where they run: one process on one state, with a consumer group and a disk of its own. */
export interface Post {
  readonly name: string
  readonly group: string
  readonly reactors: readonly [Reactor<Book>, ...Reactor<Book>[]]
  /** Its share of the work, where others do the rest. */
  readonly shard?: Shard
}

export const ledgerGroup = 'novation-ledger'
export const oracleGroup = 'novation-oracle'

const postOf = (reactor: Reactor<Book>): Post => ({
  name: reactor.name,
  group: `novation-${reactor.name.replace(':', '-')}`,
  reactors: [reactor],
})

const shardsOf = (parts: Parts, reactor: Reactor<Book>): readonly Post[] =>
  [0, 1].map((index) => ({
    name: `${reactor.name} ${index}/2`,
    group: `novation-${reactor.name}-${index}-of-2`,
    reactors: [parts.sharded(reactor, { index, of: 2 })],
    shard: { index, of: 2 },
  }))

const togetherOf = ([first, ...rest]: readonly Reactor<Book>[]): readonly Post[] =>
  first === undefined ? [] : [{ name: 'reactors', group: 'novation-reactors', reactors: [first, ...rest] }]

/** Who follows the ledger in a world, and how they fold; margin in two shares in some (protocol 16), the others together in some. */
export const postsOf = (
  parts: Parts,
  traits: Traits,
  folding: (reactor: Reactor<Book>) => Reactor<Book>,
): readonly Post[] => {
  const reactors = parts.reactors.map(folding)
  const isShared = ({ name }: Reactor<Book>): boolean => name === 'margin' && traits.has('shards')
  const whole = reactors.filter((reactor) => !isShared(reactor))
  return [
    ...reactors.filter(isShared).flatMap((reactor) => shardsOf(parts, reactor)),
    ...(traits.has('together') ? togetherOf(whole) : whole.map(postOf)),
  ]
}
