import type { EventData, Millis } from '@novation/events'
import { overAt } from '../state/auction-clock'
import { healthOf } from '../state/health'
import type { Account, Asset, Instrument, Pool } from '../state/pool'
import { beginOf } from '../state/wear'

type What = EventData<'TimePassed'>['due'][number]['what']

/** Something that happens by time alone (protocol 4). */
export interface Due {
  readonly at: Millis
  readonly what: What
  readonly id: string
}

const callsDue = (accounts: Iterable<Account>): readonly Due[] =>
  [...accounts].flatMap(({ id, call }): readonly Due[] =>
    call === undefined || call.missed ? [] : [{ at: call.deadline, what: 'margin-call', id }],
  )

/** An auction is over by its own clock, which stands still while nothing of it can be dealt in. */
const auctionsDue = (pool: Pool, accounts: Iterable<Account>): readonly Due[] =>
  [...accounts].flatMap((account): readonly Due[] => {
    const { liquidation: open } = account
    const at = open === undefined ? undefined : overAt(pool, open, healthOf(pool, account))
    return open === undefined || at === undefined ? [] : [{ at, what: 'auction', id: open.id }]
  })

/** The next step of a price's wear that nobody has been told of: where somebody holds it, until it is worn out. */
const nextWear = (pool: Pool, { id, price, holders, stand: { wear } }: Instrument | Asset): Due | undefined => {
  if (price === undefined || holders.size === 0) return undefined
  const { parameters } = pool
  // Several steps may have gone by: the one that it has come to is said, and stands for those before.
  const step = Math.max(price.said + 1, wear.step)
  if ((step - 1) * parameters.priceTolerance_s >= parameters.wear_s && step > 1) return undefined
  return { at: beginOf(price.observedAt, step, parameters), what: 'wear', id }
}

const wearsDue = (pool: Pool): readonly Due[] => {
  const found: Due[] = []
  for (const priced of [pool.instruments, pool.assets])
    for (const each of priced.values()) {
      const due = nextWear(pool, each)
      if (due !== undefined) found.push(due)
    }
  return found
}

const expiriesDue = (instruments: Iterable<Instrument>): readonly Due[] =>
  [...instruments].flatMap(({ id, expiry, expired }): readonly Due[] =>
    expiry === undefined || expired ? [] : [{ at: expiry, what: 'expiry', id }],
  )

const lossWindow_ms = (pool: Pool): Millis => pool.parameters.lossWindow_s * 1000

const lossesDue = (pool: Pool, accounts: Iterable<Account>): readonly Due[] =>
  [...accounts].flatMap(({ id, owing }): readonly Due[] =>
    owing === undefined || owing.windowOver ? [] : [{ at: owing.since + lossWindow_ms(pool), what: 'loss', id }],
  )

const named = (pool: Pool, ids: Iterable<string>): readonly Account[] =>
  [...ids].flatMap((id) => pool.accounts.get(id) ?? [])

/** Earliest first, ties by id; what ties there too stands in the order in which it was listed. */
const inOrder = (due: readonly Due[]): readonly Due[] =>
  due.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))

/** Every due time in the state, earliest first, ties by id. */
export const dueTimes = (pool: Pool): readonly Due[] =>
  inOrder([
    ...callsDue(named(pool, pool.calls)),
    ...auctionsDue(pool, named(pool, pool.liquidations.values())),
    ...expiriesDue(pool.instruments.values()),
    ...wearsDue(pool),
    ...lossesDue(pool, named(pool, pool.standing.duties.owing)),
  ])

/** What is due by now, in the same order; what is due later is not looked at. */
export const dueNow = (pool: Pool): readonly Due[] => {
  const { due } = pool.standing
  return inOrder([
    ...callsDue(due.callsUpTo(pool, pool.at)),
    ...auctionsDue(pool, due.auctionsUpTo(pool, pool.at)),
    ...expiriesDue(due.expiriesUpTo(pool, pool.at)),
    ...wearsDue(pool).filter(({ at }) => at <= pool.at),
    ...lossesDue(pool, due.lossesUpTo(pool, pool.at - lossWindow_ms(pool))),
  ])
}

/** When something is due next, or nothing ever. */
export const nextDue = (pool: Pool): Millis | undefined => {
  const { due } = pool.standing
  const loss = due.loss(pool)
  return earliest([
    due.call(pool),
    due.auction(pool),
    due.expiry(pool),
    ...wearsDue(pool).map(({ at }) => at),
    loss === undefined ? undefined : loss + lossWindow_ms(pool),
  ])
}

const earliest = (times: readonly (Millis | undefined)[]): Millis | undefined =>
  times.reduce((least, at) => (at !== undefined && (least === undefined || at < least) ? at : least), undefined)
