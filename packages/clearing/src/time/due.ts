import type { EventData, Millis } from '@novation/events'
import { lastsUntil, overAt } from '../state/auction-clock'
import { reachedAt } from '../state/countdown'
import { oldestOf } from '../state/due-times'
import { dueName, wholeExpiryOf } from '../state/expiries'
import { knownOn } from '../state/fixing-window'
import { agesFrom, isHalted } from '../state/halted'
import { healthOf } from '../state/health'
import { expiryName } from '../state/markets'
import type { Account, Asset, Instrument, Pool } from '../state/pool'
import { coveredOn, windowOf } from '../state/price-window'
import { nextTerms } from '../state/term-changes'
import { timingOf } from '../state/timing'
import { beginOf } from '../state/wear'

type Said = EventData<'TimePassed'>['due'][number]['what']

/** Something that happens by time alone (protocol 4): it is said, or, at a fixing, settled. */
export interface Due {
  readonly at: Millis
  readonly what: Said | 'settlement'
  readonly id: string
}

/** What is said of it. */
export const isSaid = (due: Due): due is Due & { readonly what: Said } => due.what !== 'settlement'

/** A call is missed once its time has run out, which stands still while too little can be dealt in. */
const callsDue = (pool: Pool, accounts: Iterable<Account>): readonly Due[] =>
  [...accounts].flatMap((account): readonly Due[] => {
    const at = account.call?.missed === false ? reachedAt(pool, account, 'call') : undefined
    return at === undefined ? [] : [{ at, what: 'margin-call', id: account.id }]
  })

const debitsDue = (pool: Pool, accounts: Iterable<Account>): readonly Due[] =>
  [...accounts].flatMap((account): readonly Due[] => {
    const at = account.debit?.due === false ? reachedAt(pool, account, 'debit') : undefined
    return at === undefined ? [] : [{ at, what: 'debit', id: account.id }]
  })

/** An auction is over by its own clock, which stands still while nothing of it can be dealt in. */
const auctionsDue = (pool: Pool, accounts: Iterable<Account>): readonly Due[] =>
  [...accounts].flatMap((account): readonly Due[] => {
    const { liquidation: open } = account
    const at = open === undefined ? undefined : overAt(pool, open, healthOf(pool, account))
    return open === undefined || at === undefined ? [] : [{ at, what: 'auction', id: open.id }]
  })

const isFixed = (priced: Instrument | Asset): priced is Instrument => priced.kind !== 'asset' && priced.fixed

/** The next step of a price's wear that nobody has been told of: where somebody holds it, until it is worn out. */
const nextWear = (pool: Pool, priced: Instrument | Asset): Due | undefined => {
  const { id, price, holders, stand } = priced
  if (price === undefined || holders.size === 0 || isFixed(priced)) return undefined
  const timing = timingOf(pool, priced)
  // Several steps may have gone by: the one that it has come to is said, and stands for those before.
  const step = Math.max(price.said + 1, stand.wear.step)
  if ((step - 1) * timing.priceTolerance_s >= timing.wear_s && step > 1) return undefined
  return { at: beginOf(agesFrom(priced, price, timing), step, timing), what: 'wear', id }
}

/** What somebody holds is settled in the end: without a price, or halted, for so long, and worn out, its last mark becomes the fixing. */
const endOf = (pool: Pool, instrument: Instrument): Due | undefined => {
  const { id, price, holders, since, fixed, settled } = instrument
  if (settled || price === undefined) return undefined
  if (fixed) return { at: since, what: 'settlement', id }
  if (holders.size === 0 || wholeExpiryOf(pool, instrument) !== undefined) return undefined
  const { dead_s, wear_s } = pool.parameters
  const from = isHalted(instrument) ? Math.min(price.observedAt, since) : price.observedAt
  return { at: endsAt(instrument, from + Math.max(dead_s, wear_s) * 1000), what: 'dead', id }
}

/** What its index over time may still settle is not dead meanwhile. */
const endsAt = (instrument: Instrument, dead: Millis): Millis => {
  const window = windowOf(instrument)
  return window === undefined || dead < window.from ? dead : Math.max(dead, window.until)
}

/** What has expired and is settled at its index over time has its fixing once enough of that is covered. */
const fixingDue = (pool: Pool, instrument: Instrument): Due | undefined => {
  const { id, expired, fixed, settled } = instrument
  if (!expired || fixed || settled) return undefined
  const at = coveredOn(pool, windowOf(instrument))
  return at === undefined ? undefined : { at, what: 'fixing', id }
}

/** What was raised of its terms has had its notice; of what is settled nothing is required any more. */
const termsDue = (changing: Instrument | Asset): Due | undefined => {
  const at = changing.kind !== 'asset' && changing.settled ? undefined : nextTerms(changing)
  return at === undefined ? undefined : { at, what: 'terms', id: changing.id }
}

const marketsDue = (pool: Pool): readonly Due[] => {
  const found: Due[] = []
  const note = (due: Due | undefined): void => {
    if (due !== undefined) found.push(due)
  }
  for (const instrument of pool.instruments.values()) {
    note(nextWear(pool, instrument))
    note(endOf(pool, instrument))
    note(fixingDue(pool, instrument))
    note(termsDue(instrument))
  }
  for (const asset of pool.assets.values()) {
    note(nextWear(pool, asset))
    note(termsDue(asset))
  }
  for (const fixing of fixingsDue(pool)) note(fixing)
  return found
}

/** When the price of an expiry is known: as soon as its last stretch is covered; where it never is, once the market has been dead for long enough. */
const fixingsDue = (pool: Pool): readonly Due[] => {
  const found: Due[] = []
  for (const [underlying, { expiries }] of pool.risk?.markets ?? []) {
    const asset = pool.assets.get(underlying)
    if (asset?.price === undefined) continue
    for (const known of expiries.values()) {
      if (known.fixing !== undefined) continue
      const dead = known.at + pool.parameters.dead_s * 1000
      const id = dueName({ underlying, expiry: expiryName(known.at) })
      found.push({ at: knownOn(pool, asset, known) ?? dead, what: 'expiry-fixing', id })
    }
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

/** When the oldest window of a cap is over: what the layers could not pay under it they may pay then. */
const capsDue = (pool: Pool, since: Millis | undefined): readonly Due[] =>
  since === undefined ? [] : [{ at: since + pool.parameters.waterfall.window_s * 1000, what: 'caps', id: pool.name }]

const named = (pool: Pool, ids: Iterable<string>): readonly Account[] =>
  [...ids].flatMap((id) => pool.accounts.get(id) ?? [])

/** Earliest first, ties by id; what ties there too stands in the order in which it was listed. */
const inOrder = (due: readonly Due[]): readonly Due[] =>
  due.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))

/** Every due time in the state, earliest first, ties by id. */
export const dueTimes = (pool: Pool): readonly Due[] =>
  inOrder([
    ...callsDue(pool, named(pool, pool.calls)),
    ...debitsDue(pool, pool.accounts.values()),
    ...auctionsDue(pool, named(pool, pool.liquidations.values())),
    ...expiriesDue(pool.instruments.values()),
    ...marketsDue(pool),
    ...lossesDue(pool, named(pool, pool.standing.duties.owing)),
    ...capsDue(pool, oldestOf(pool.purses)),
  ])

/** What is due by now, in the same order; what is due later is not looked at. */
export const dueNow = (pool: Pool): readonly Due[] => {
  const { due } = pool.standing
  return inOrder([
    ...callsDue(pool, due.callsUpTo(pool, pool.at)),
    ...debitsDue(pool, due.debitsUpTo(pool, pool.at)),
    ...auctionsDue(pool, due.auctionsUpTo(pool, pool.at)),
    ...expiriesDue(due.expiriesUpTo(pool, pool.at)),
    ...marketsDue(pool).filter(({ at }) => at <= pool.at),
    ...lossesDue(pool, due.lossesUpTo(pool, pool.at - lossWindow_ms(pool))),
    ...capsDue(pool, due.caps(pool)).filter(({ at }) => at <= pool.at),
  ])
}

/** Until when any price that came so far lasts: no call and no debit is due later unless another comes. */
const lastOf = (pool: Pool): Millis => {
  let last = pool.at
  const note = (priced: Instrument | Asset): void => {
    if (priced.price !== undefined) last = Math.max(last, lastsUntil(pool, priced, priced.price))
  }
  for (const instrument of pool.instruments.values()) note(instrument)
  for (const asset of pool.assets.values()) note(asset)
  return last
}

/** When something is due next, or nothing ever. */
export const nextDue = (pool: Pool): Millis | undefined => {
  const { due } = pool.standing
  const loss = due.loss(pool)
  const until = lastOf(pool)
  return earliest([
    due.call(pool, (account) => reachedAt(pool, account, 'call') !== undefined, until),
    due.debit(pool, (account) => reachedAt(pool, account, 'debit') !== undefined, until),
    due.auction(pool),
    due.expiry(pool),
    ...marketsDue(pool).map(({ at }) => at),
    loss === undefined ? undefined : loss + lossWindow_ms(pool),
    ...capsDue(pool, due.caps(pool)).map(({ at }) => at),
  ])
}

const earliest = (times: readonly (Millis | undefined)[]): Millis | undefined =>
  times.reduce((least, at) => (at !== undefined && (least === undefined || at < least) ? at : least), undefined)
