import { type Book, copyOf } from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import { ask, type Reactor, runReactors, sharded } from '@novation/platform'
import { type Parts, parts } from '../mesh/parts'

/** What was changed of it holds for everybody it looks at, after every command. */
const lookingAtAll = ({ watch: _, ...reactor }: Reactor<Book>): Reactor<Book> => reactor

export const changed = (name: string, change: (reactor: Reactor<Book>) => Reactor<Book>): Parts => ({
  ...parts,
  reactors: parts.reactors.map((reactor) => (reactor.name === name ? lookingAtAll(change(reactor)) : reactor)),
})

/** Takes an event's place without what it did. */
export const passOver = (book: Book, { revision, metadata: { hash, events } }: LedgerEvent): Book => {
  book.set<Book, 'revision'>(book, 'revision', revision)
  book.set<Book, 'head'>(book, 'head', hash)
  if (events !== undefined) book.set<Book, 'groupEnd'>(book, 'groupEnd', revision + events - 1)
  return book
}

export const gapSkipped = changed('margin', (reactor) => ({
  ...reactor,
  evolve: (book, event) =>
    event.type === 'CollateralDeposited' && event.revision % 5 === 0
      ? passOver(book, event)
      : reactor.evolve(book, event),
}))

/** Names each ask anew, so that a rejected one is due again with the very rejection. */
export const retriedAtOnce = changed('liquidator', (reactor) => ({
  ...reactor,
  due: (pool) => [
    ...reactor.due(pool),
    ...[...pool.calls].map((account) => ask('StartLiquidation', { account }, `${account}-${pool.revision}`)),
  ],
}))

export const neverDeleverages = changed('liquidator', (reactor) => ({
  ...reactor,
  due: (pool) => reactor.due(pool).filter(({ type }) => type !== 'Deleverage'),
}))

/** Keeps a state under the place of a later one. */
export const checkpointAhead: Parts = {
  ...parts,
  runReactors: (live, signal) => {
    let before: Book | undefined
    const { checkpoints } = live
    if (checkpoints === undefined) return runReactors(live, signal)
    return runReactors(
      {
        ...live,
        checkpoints: {
          ...checkpoints,
          save: async (pool, followed) => {
            const { crew } = followed
            const kept = before === undefined ? followed : { ...followed, crew: { ...crew, state: before } }
            before = copyOf(crew.state)
            await checkpoints.save(pool, kept)
          },
        },
      },
      signal,
    )
  },
}

export const shardAsksForAll: Parts = { ...parts, sharded: (reactor) => reactor }

/** The first shard does what is the second's, and the second what is nobody's. */
export const shardsFromOne: Parts = {
  ...parts,
  sharded: (reactor, { index, of }) => sharded(reactor, { index: index + 1, of }),
}

const idle = ({ watch: _, ...reactor }: Reactor<Book>): Reactor<Book> => ({ ...reactor, due: () => [] })

export const firstReactorOnly: Parts = {
  ...parts,
  runReactors: (live, signal) => {
    const [first, ...rest] = live.reactors
    return runReactors({ ...live, reactors: first === undefined ? [] : [first, ...rest.map(idle)] }, signal)
  },
}

export const firstPoolOnly: Parts = {
  ...parts,
  runReactors: (live, signal) => runReactors({ ...live, pools: live.pools.slice(0, 1) }, signal),
}

export const placesMixedUp: Parts = {
  ...parts,
  runReactors: (live, signal) => {
    const [first] = live.pools
    const { checkpoints } = live
    if (checkpoints === undefined || first === undefined) return runReactors(live, signal)
    return runReactors({ ...live, checkpoints: { ...checkpoints, load: () => checkpoints.load(first) } }, signal)
  },
}

/** No wait of a reactor is so long but the one between two looks at what has no outcome while nothing happens. */
const round_ms = 10_000
const year_ms = 31_557_600_000

/** Nobody looks for what has no outcome while nothing happens. */
export const silenceUnheeded: Parts = {
  ...parts,
  runReactors: (live, signal) => {
    const { scheduler } = live
    const sleep: typeof scheduler.sleep = (ms, ended) => scheduler.sleep(ms < round_ms ? ms : year_ms, ended)
    return runReactors({ ...live, scheduler: { ...scheduler, sleep } }, signal)
  },
}

/** Puts accounts up for auction that are only below their initial margin. */
export const eagerLiquidator = (withRules: Parts): Parts => ({
  ...withRules,
  reactors: withRules.reactors.map((reactor) =>
    reactor.name === 'liquidator'
      ? {
          ...lookingAtAll(reactor),
          due: (pool) => [
            ...reactor.due(pool),
            ...[...pool.calls]
              .filter((id) => pool.accounts.get(id)?.liquidation === undefined)
              .map((account) => ask('StartLiquidation', { account }, account)),
          ],
        }
      : reactor,
  ),
})
