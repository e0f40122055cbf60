import { healthOf, type Pool } from '@novation/clearing'
import { momentOf } from '../moments/moment'
import { reads } from '../reads/index'
import type { Read } from '../reads/read'
import type { StateName } from './channels'

/** How something stands: by key, so that what has changed can be told by itself. */
export type State = Readonly<Record<string, unknown>>

/** What a state is of: the pool at the end of a command, and who is told it. */
export interface Seen {
  readonly pool: Pool
  /** The account, or the job, that the channel is of. */
  readonly of: string | undefined
  /** Whose account is seen, where it is only that. */
  readonly own: string | undefined
  readonly flush_ms: number
  readonly jobs: FindJob
}

/** How a job of a pool stands. */
export type FindJob = (pool: string, id: string) => State | undefined

const asked = ({ of, own }: Seen) => ({
  params: { account: of ?? '' },
  query: {},
  page: { after: undefined, limit: Number.POSITIVE_INFINITY },
  own,
})

const whole =
  (read: Read) =>
  (seen: Seen): State | undefined => {
    const told = read.read(momentOf(seen.pool), asked(seen))
    return told._tag === 'Right' && 'json' in told.right ? (told.right.json as State) : undefined
  }

type Item = Readonly<Record<string, unknown>>

/** A list, by the name of each item; `shown` leaves out what who shows it works out anew. */
const byName =
  (read: Read, nameOf: (item: Item) => unknown, shown: (item: Item) => Item) =>
  (seen: Seen): State | undefined => {
    const told = read.read(momentOf(seen.pool), asked(seen))
    if (told._tag === 'Left' || !('items' in told.right)) return undefined
    return Object.fromEntries((told.right.items as readonly Item[]).map((item) => [String(nameOf(item)), shown(item)]))
  }

/** Made once, and again when what they are made from has changed. */
export const states: { readonly [N in StateName]: (seen: Seen) => State | undefined } = {
  summary: (seen) => {
    const { revision: _, at: __, ...rest } = whole(reads.summary)(seen) ?? {}
    return rest
  },
  waterfall: whole(reads.waterfall),
  prices: byName(
    reads.prices,
    ({ instrument, asset }) => instrument ?? asset,
    ({ age_s: _, ...rest }) => rest,
  ),
  // The terms say what a bidder gets at any time.
  auctions: byName(
    reads.liquidations,
    ({ liquidation }) => liquidation,
    ({ offer: _, ...rest }) => rest,
  ),
  accounts: whole(reads.account),
  system: ({ flush_ms }) => ({ flush_ms }),
  jobs: ({ jobs, pool, of = '' }) => jobs(pool.name, of),
}

/**
 * Something that is another thing once the state of an account may be another, so that most need not be worked out. What
 * an account has made stands by time alone, too.
 */
export const stampOf = ({ pool, of }: Seen): unknown => {
  const account = pool.accounts.get(of ?? '')
  if (account === undefined) return undefined
  return [...account.gains.keys()].length > 0 ? {} : healthOf(pool, account)
}
