import type { EventData, Millis } from '@novation/events'
import type { Pool } from '../state/pool'

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
  [...pool.liquidations].flatMap(([id, account]): readonly Due[] => {
    const open = pool.accounts.get(account)?.liquidation
    if (open === undefined || open.stage === 'deleverage') return []
    return open.stage === 'auction'
      ? [{ at: open.ends, what: 'auction', id }]
      : [{ at: open.ends + open.terms.auction.backstopSeconds * 1000, what: 'backstop', id }]
  })

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
