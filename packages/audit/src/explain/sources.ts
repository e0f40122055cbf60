import { type Account, positionOf, trader } from '@novation/clearing'
import { add, type Decimal, decimal, format, isZero, zero } from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'

/** An event that a figure comes from, and what it added to it. */
export interface Source {
  readonly revision: number
  readonly type: string
  readonly amount?: string
}

/** Where a figure comes from: how many events, and the last of them; and what stood before the first that was read. */
export interface Sources {
  readonly count: number
  readonly events: readonly Source[]
  readonly carried?: string
}

/** So many events are named for one figure; of the others it is said how many there were. */
const named = 50

interface Trace extends Sources {
  readonly sum: Decimal
}

/** Where every figure of one account comes from, as far as its history has been read. */
export interface Trail {
  readonly note: (event: LedgerEvent) => void
  /** Of a balance of the account's own: `trader/alice` or `trader/alice/BTC-PERP`, and an asset. */
  readonly balance: (book: string, asset: string) => Sources
  /** The last event that gave a price, a funding index, an instrument's terms, the pool's parameters. */
  readonly latest: (what: string) => Source | undefined
}

const nothing: Trace = { sum: zero, count: 0, events: [] }

/** What an account holds, by book and asset. */
const heldBy = ({ id, balances, positions }: Account): readonly (readonly [string, Decimal])[] => [
  ...[...balances].map(([asset, amount]) => [`${trader(id)} ${asset}`, amount] as const),
  ...[...positions.values()].map(
    ({ instrument, quantity }) => [`${positionOf(id, instrument.id)} ${instrument.id}`, quantity] as const,
  ),
]

/** The trail of an account from its first event on; or from where it stands, and what it then holds is carried. */
export const newTrail = (account: string, standing?: Account): Trail => {
  const own = trader(account)
  const balances = new Map<string, Trace>()
  for (const [key, sum] of standing === undefined ? [] : heldBy(standing))
    balances.set(key, { ...nothing, sum, carried: format(sum) })
  const last = new Map<string, Source>()

  const post = (key: string, event: LedgerEvent, amount: string): void => {
    const before = balances.get(key) ?? nothing
    const sum = add(before.sum, decimal(amount))
    const source = { revision: event.revision, type: event.type, amount }
    balances.set(
      key,
      isZero(sum)
        ? nothing
        : { ...before, sum, count: before.count + 1, events: [...before.events.slice(1 - named), source] },
    )
  }

  const noteTerms = ({ revision, type, data }: LedgerEvent): void => {
    if (type === 'PriceTick') last.set(`price ${data.instrument ?? data.asset}`, { revision, type, amount: data.price })
    if (type === 'ForwardTick')
      last.set(`forward ${data.underlying} ${data.expiry}`, { revision, type, amount: data.price })
    if (type === 'VolatilityTick') last.set(`volatility ${data.underlying} ${data.expiry}`, { revision, type })
    if (type === 'RiskModelSet') last.set(`model ${data.model.underlying}`, { revision, type })
    if (type === 'FundingPaid') last.set(`funding ${data.instrument}`, { revision, type, amount: data.index })
    if (type === 'InstrumentListed') last.set(`terms ${data.instrument}`, { revision, type })
    if (type === 'InstrumentStateSet' || type === 'InstrumentDelisting' || type === 'InstrumentExpired')
      last.set(`terms ${data.instrument}`, { revision, type })
    if (type === 'InstrumentParametersSet') last.set(`terms ${data.instrument}`, { revision, type })
    if (type === 'AssetRegistered' || type === 'AssetParametersSet') last.set(`terms ${data.asset}`, { revision, type })
    if (type === 'PoolParametersSet') last.set('parameters', { revision, type })
  }

  return {
    note: (event) => {
      noteTerms(event)
      for (const { account: book, asset, amount } of event.postings)
        if (book === own || book.startsWith(`${own}/`)) post(`${book} ${asset}`, event, amount)
    },
    balance: (book, asset) => {
      const { sum: _, ...sources } = balances.get(`${book} ${asset}`) ?? nothing
      return sources
    },
    latest: (what) => last.get(what),
  }
}
