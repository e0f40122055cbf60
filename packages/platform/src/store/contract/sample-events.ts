import { canonicalJson, eventIdOf, genesis, linkHash } from '@novation/events'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import { noStream, type StoredEvent } from '../event-store'

/** A stream nobody else writes, so that the contract can run on a store that others use as well. */
export const freshName = (word: string): string => `${word}-${crypto.randomUUID().replaceAll('-', '')}`

/** One event of the shape a ledger writes, chained to `previous`. `note` tells one history from another. */
export const sampleEvent = (previous: StoredEvent | undefined, note = ''): StoredEvent => {
  const revision = (previous?.revision ?? noStream) + 1
  const type = revision % 2 === 0 ? 'CollateralDeposited' : 'PriceTick'
  const previousHash = previous?.hash ?? genesis
  const body = canonicalJson({
    at: '2020-03-12T10:00:00.000Z',
    data: { account: 'alice', amount: `${revision}.50`, note },
    metadata: { actor: 'venue', commandId: `c-${revision}`, decider: 1, previousHash, version: 1 },
    pool: 'main',
    postings: [
      { account: 'trader/alice', amount: '1', asset: 'USD' },
      { account: 'custody', amount: '-1', asset: 'USD' },
    ],
    revision,
    type,
  })
  const hash = linkHash(previousHash, body)
  return { id: eventIdOf(hash), type, revision, hash, body }
}

/** `count` events, each linked to the one before, the first to `previous`. */
export const sampleChain = (count: number, previous?: StoredEvent, note = ''): NonEmptyArray<StoredEvent> => {
  const chain: NonEmptyArray<StoredEvent> = [sampleEvent(previous, note)]
  while (chain.length < count) chain.push(sampleEvent(chain.at(-1), note))
  return chain
}
