import type { Book } from '@novation/clearing'
import type { Reactor } from '@novation/platform'
import type { Traits } from '../load/traits'
import type { Parts } from './parts'

/** A reactor where it runs: one process, with a consumer group and a disk of its own. */
export interface Post {
  readonly name: string
  readonly group: string
  readonly reactor: Reactor<Book>
  /** Whether others share its work. */
  readonly isShard: boolean
}

export const ledgerGroup = 'novation-ledger'

const postOf = (reactor: Reactor<Book>): Post => ({
  name: reactor.name,
  group: `novation-${reactor.name.replace(':', '-')}`,
  reactor,
  isShard: false,
})

const shardsOf = (parts: Parts, reactor: Reactor<Book>): readonly Post[] =>
  [0, 1].map((index) => ({
    name: `${reactor.name} ${index}/2`,
    group: `novation-${reactor.name}-${index}-of-2`,
    reactor: parts.sharded(reactor, { index, of: 2 }),
    isShard: true,
  }))

/** Who follows the ledger in a world, and how they fold; margin in two shares in some (protocol 16). */
export const postsOf = (
  parts: Parts,
  traits: Traits,
  folding: (reactor: Reactor<Book>) => Reactor<Book>,
): readonly Post[] =>
  parts.reactors
    .map(folding)
    .flatMap((reactor) =>
      reactor.name === 'margin' && traits.has('shards') ? shardsOf(parts, reactor) : [postOf(reactor)],
    )
