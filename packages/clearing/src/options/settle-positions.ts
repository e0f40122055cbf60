import { add, type Decimal, floor, format, negate, subtract, sum, zero } from '@novation/decimal'
import type { EventData } from '@novation/events'
import type { Draft } from '../decision'
import { unrealisedIn } from '../state/health'
import type { Account, House, Instrument, Pool, Position } from '../state/pool'
import { type Move, post } from '../state/postings'
import { settlementPlaces } from '../state/worth'

interface Settled {
  readonly positions: EventData<'ExpirySettled'>['positions']
  readonly moves: readonly Move[]
}

const heldOf = (account: Account, members: readonly Instrument[]): readonly Position[] =>
  members.flatMap(({ id }) => account.positions.get(id) ?? [])

/**
 * One account leaves an expiry: all its positions in it at once, so that no hedge is lost between. Its cash comes in whole units
 * once, what is left beside them is dust; the gains, by series, are each floored alone.
 */
const leave = (pool: Pool, account: Account, held: readonly Position[]): readonly Move[] => {
  const { settlementAsset: asset = '', dust } = pool
  const brought = sum(held.map(unrealisedIn))
  const paid = floor(brought, settlementPlaces(pool))
  return [
    ...held.flatMap((position) => [
      ...post(position, position.instrument.id, negate(position.quantity)),
      ...post(position, asset, negate(position.cash)),
    ]),
    ...post(account, asset, paid),
    ...post(dust, asset, subtract(brought, paid)),
  ]
}

/** The other side of all of it: what was held, and what it was worth. */
const counterMoves = (pool: Pool, held: readonly Position[], counter: House): readonly Move[] => {
  const quantities = new Map<string, Decimal>()
  for (const { instrument, quantity } of held)
    quantities.set(instrument.id, add(quantities.get(instrument.id) ?? zero, quantity))
  const worth = sum(held.map((position) => subtract(unrealisedIn(position), position.cash)))
  return [
    ...[...quantities].flatMap(([id, quantity]) => post(counter, id, quantity)),
    ...post(counter, pool.settlementAsset ?? '', negate(worth)),
  ]
}

/** Closes all that some accounts hold of an expiry, at its final prices, against `counter`. */
export const leaveExpiry = (
  { pool }: Pick<Draft, 'pool'>,
  accounts: readonly Account[],
  members: readonly Instrument[],
  counter: House,
): Settled => {
  const places = settlementPlaces(pool)
  const all = accounts.map((account) => ({ account, held: heldOf(account, members) }))
  return {
    positions: all.flatMap(({ account, held }) =>
      held.map((position) => ({
        account: account.id,
        instrument: position.instrument.id,
        quantity: format(position.quantity),
        realised: format(floor(unrealisedIn(position), places)),
      })),
    ),
    moves: [
      ...all.flatMap(({ account, held }) => leave(pool, account, held)),
      ...counterMoves(
        pool,
        all.flatMap(({ held }) => held),
        counter,
      ),
    ],
  }
}
