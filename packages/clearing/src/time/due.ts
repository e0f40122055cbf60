import type { EventData, Millis } from '@novation/events'
import { staleFor } from '../state/health'
import type { Account, Pool } from '../state/pool'

type What = EventData<'TimePassed'>['due'][number]['what']

/** Something that happens by time alone (protocol 4). */
export interface Due {
  readonly at: Millis
  readonly what: What
  readonly id: string
}

const callsDue = (pool: Pool): readonly Due[] =>
  [...pool.calls].flatMap((id) => {
    const call = pool.accounts.get(id)?.call
    return call === undefined || call.missed ? [] : [{ at: call.deadline, what: 'margin-call', id }]
  })

const auctionsDue = (pool: Pool): readonly Due[] =>
  [...pool.liquidations.values()].flatMap((id): readonly Due[] => {
    const account = pool.accounts.get(id)
    const open = account?.liquidation
    if (account === undefined || open === undefined || open.stage === 'deleverage') return []
    if (open.stage === 'auction') return [{ at: open.ends, what: 'auction', id: open.id }]
    const at = open.ends + open.terms.auction.backstopSeconds * 1000
    return canBeBidFor(pool, account, at) ? [{ at, what: 'backstop', id: open.id }] : []
  })

/** While a price is stale nobody can bid, so the backstop's turn does not pass meanwhile: it waits for the next tick. */
const canBeBidFor = (pool: Pool, account: Account, at: Millis): boolean =>
  staleFor({ ...pool, at: Math.max(at, pool.at) }, account).length === 0

const expiriesDue = (pool: Pool): readonly Due[] =>
  [...pool.instruments.values()].flatMap(({ id, expiry, expired }): readonly Due[] =>
    expiry === undefined || expired ? [] : [{ at: expiry, what: 'expiry', id }],
  )

const lossesDue = (pool: Pool): readonly Due[] =>
  [...pool.standing.duties.owing].flatMap((id): readonly Due[] => {
    const owing = pool.accounts.get(id)?.owing
    return owing === undefined || owing.windowOver
      ? []
      : [{ at: owing.since + pool.parameters.lossWindow_s * 1000, what: 'loss', id }]
  })

/** Every due time in the state, earliest first, ties by id. */
export const dueTimes = (pool: Pool): readonly Due[] =>
  [...callsDue(pool), ...auctionsDue(pool), ...expiriesDue(pool), ...lossesDue(pool)].sort(
    (a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )

/** When something is due next, or nothing ever. */
export const nextDue = (pool: Pool): Millis | undefined => dueTimes(pool)[0]?.at
