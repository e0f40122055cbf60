import {
  type Book,
  type Decided,
  follow,
  healthOf,
  type Pool,
  type Processed,
  process,
  profitOf,
  rehearse,
} from '@novation/clearing'
import {
  add,
  atLeast,
  decimal,
  divideFloor,
  floor,
  format,
  multiply,
  negate,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import { type Command, currentVersion, encodeEvent, type LedgerEvent, type Posting, sealEvent } from '@novation/events'
import { appendSurely } from '@novation/ledger'
import { Halted } from '@novation/platform'
import { type Either, right } from 'fp-ts/Either'
import type { Parts } from '../mesh/parts'
import { ledgerWith } from './other-ledger'
import { eagerLiquidator } from './reactors'

const folded = (book: Book, outcome: Decided, events: readonly LedgerEvent[]): Decided => {
  events.reduce(follow, book)
  return { ...outcome, events }
}

/** Decides in another state than the one that is, and folds what comes of it into the one that is. */
export const decidedIn = (change: (book: Book, command: Command, clock: number) => void): Parts =>
  ledgerWith({
    process: (book, command, clock) => {
      const outcome = rehearse(book, () => {
        change(book, command, clock)
        return process(book, command, clock)
      })
      return outcome.tag === 'decided' ? folded(book, outcome, outcome.events) : outcome
    },
  })

const resealed = (events: readonly LedgerEvent[]): readonly LedgerEvent[] => {
  const [first] = events
  if (first === undefined) return []
  let previousHash = first.metadata.previousHash
  return events.map(({ id: _, metadata: { hash: __, ...metadata }, ...event }, i) => {
    const { event: sealed } = sealEvent({
      ...event,
      revision: first.revision + i,
      metadata: {
        ...metadata,
        version: currentVersion(event.type),
        previousHash,
        ...(i === 0 ? { events: events.length } : {}),
      },
    } as Parameters<typeof sealEvent>[0])
    previousHash = sealed.metadata.hash
    return sealed
  })
}

/** Writes other events than were decided, where the books can bear it. */
export const writtenAs = (change: (pool: Pool, event: LedgerEvent) => readonly LedgerEvent[]): Parts =>
  ledgerWith({
    process: (book, command, clock): Processed => {
      const outcome = rehearse(book, () => process(book, command, clock))
      if (outcome.tag !== 'decided') return outcome
      const events = outcome.events.flatMap((event) => change(book, event))
      if (events.length === outcome.events.length && events.every((event, i) => event === outcome.events[i]))
        return folded(book, outcome, outcome.events)
      try {
        const written = book.attempt((): Either<never, Decided> => right(folded(book, outcome, resealed(events))))
        if (written._tag === 'Right') return written.right
      } catch {
        // The books cannot bear it.
      }
      return folded(book, outcome, outcome.events)
    },
  })

export const stalePriceAccepted = decidedIn((book) =>
  book.set<Book, 'parameters'>(book, 'parameters', { ...book.parameters, priceTolerance_s: 10 ** 6 }),
)

export const liquidatedAtInitialMargin = eagerLiquidator(
  decidedIn((book, { type }) => {
    if (type !== 'StartLiquidation') return
    for (const instrument of book.instruments.values()) {
      const tiers = instrument.margin.tiers.map((tier) => ({ ...tier, maintenance: tier.initial }))
      book.set(instrument, 'margin', { ...instrument.margin, tiers })
    }
  }),
)

/** What is raised of margin and haircuts counts at once for a liquidation. */
export const termsAtOnce = eagerLiquidator(
  decidedIn((book, { type }) => {
    if (type !== 'StartLiquidation') return
    for (const instrument of book.instruments.values()) book.set(instrument, 'former', [])
    for (const asset of book.assets.values()) book.set(asset, 'former', [])
  }),
)

const cent = decimal('0.01')

/** Decided as if the account had a cent less: so equality is a breach. */
export const liquidatedAtEquality = eagerLiquidator(
  decidedIn((book, { type, data }) => {
    const account = type === 'StartLiquidation' ? book.accounts.get(data.account) : undefined
    const usd = book.settlementAsset
    if (account === undefined || usd === undefined) return
    book.put(account, 'balances', usd, subtract(account.balances.get(usd) ?? zero, cent))
  }),
)

/** Bids are cut to what restores a buffer much larger than the one that was set. */
export const liquidatesMore = decidedIn((book, { type }) => {
  if (type !== 'BidLiquidation') return
  for (const account of book.accounts.values()) {
    const open = account.liquidation
    if (open !== undefined) book.set(account, 'liquidation', { ...open, terms: { ...open.terms, buffer: '1.5' } })
  }
})

export const haircutIgnored = decidedIn((book) => {
  for (const asset of book.assets.values()) book.set(asset, 'haircut', zero)
})

/** A frozen pool pays out whoever comes first: nobody need leave anything. */
export const shareIgnored = decidedIn((book, { type, data }) => {
  const account = type === 'Withdraw' ? book.accounts.get(data.account) : undefined
  if (account !== undefined)
    book.set(account, 'taken', { since: book.frozenAt, worth: negate(decimal('1000000000000')) })
})

/** What somebody has taken since a pool froze is forgotten: in parts everything leaves. */
export const takenForgotten = decidedIn((book, { type, data }) => {
  const account = type === 'Withdraw' ? book.accounts.get(data.account) : undefined
  if (account !== undefined) book.set(account, 'taken', undefined)
})

/** Why a trade is turned away begins with the side that its command names first, where that is the seller. */
export const sideAsWritten = writtenAs((_, event) => {
  const { command } = event.metadata
  if (event.type !== 'CommandRejected' || command?.type !== 'ClearTrade') return [event]
  const first = Object.keys(command.data).find((name) => name === 'buyer' || name === 'seller')
  return first === 'seller' ? [{ ...event, data: { ...event.data, reason: `seller: ${event.data.reason}` } }] : [event]
})

export const fundPaidTwice = writtenAs((_, event) => {
  if (event.type !== 'InsuranceDrawn' || event.data.purpose === 'auction') return [event]
  const { command: _command, events: _events, ...metadata } = event.metadata
  return [event, { ...event, metadata }]
})

export const trancheSkipped = writtenAs((_, event) =>
  event.type === 'InsuranceDrawn' && event.data.layer === 'skin-in-the-game'
    ? [
        {
          ...event,
          data: { ...event.data, layer: 'fund' },
          postings: event.postings.map((posting) =>
            posting.account === 'skin-in-the-game' ? { ...posting, account: 'insurance' } : posting,
          ),
        },
      ]
    : [event],
)

/** An auction goes on while nobody can bid: whenever time passes, it is over by the clock on the wall. */
export const clockOfTheWall = writtenAs((pool, event) => {
  if (event.type !== 'TimePassed') return [event]
  const over = [...pool.liquidations].flatMap(([id, name]) => {
    const open = pool.accounts.get(name)?.liquidation
    if (open === undefined || open.over || event.data.due.some((due) => due.id === id)) return []
    const { fastSeconds, slowSeconds } = open.terms.auction
    return pool.at - open.startedAt >= (fastSeconds + slowSeconds) * 1000 ? [{ what: 'auction' as const, id }] : []
  })
  return [over.length === 0 ? event : { ...event, data: { due: [...event.data.due, ...over] } }]
})

type Socialized = Extract<LedgerEvent, { type: 'LossSocialized' }>
type Share = { readonly account: string; readonly amount: string }

const sharesOf = (event: Socialized, taken: readonly Share[], given: readonly Share[]): Socialized => {
  const post = ({ account, amount }: Share): Posting => ({ account: `trader/${account}`, asset: 'USD', amount })
  const minus = (share: Share): Share => ({ ...share, amount: format(negate(decimal(share.amount))) })
  return {
    ...event,
    data: { ...event.data, taken, given },
    postings: [...taken.map(minus).map(post), ...given.map(post)],
  }
}

const profitFor = (pool: Pool, id: string) => {
  const account = pool.accounts.get(id)
  return account === undefined ? decimal('0') : profitOf(pool, account)
}

/** The rate is rounded before it is multiplied: what is taken falls short of what is owed. */
export const haircutDividesFirst = writtenAs((pool, event) => {
  if (event.type !== 'LossSocialized' || event.data.given.length !== 1) return [event]
  const rate = divideFloor(decimal(event.data.loss), decimal(event.data.profits), 2)
  const taken = event.data.taken.map(({ account }) => ({
    account,
    amount: format(floor(multiply(profitFor(pool, account), rate), 2)),
  }))
  const total = format(sum(taken.map(({ amount }) => decimal(amount))))
  return [
    sharesOf(
      event,
      taken,
      event.data.given.map(({ account }) => ({ account, amount: total })),
    ),
  ]
})

/** A loss is taken from whoever has money, not from profits. */
export const principalTaken = writtenAs((pool, event) => {
  if (event.type !== 'LossSocialized') return [event]
  const loss = event.data.given.reduce((total, { amount }) => add(total, decimal(amount)), decimal('0'))
  const rich = [...pool.accounts.values()].find(
    (account) => atLeast(healthOf(pool, account).equity, loss) && !atLeast(profitFor(pool, account.id), loss),
  )
  return rich === undefined
    ? [event]
    : [sharesOf(event, [{ account: rich.id, amount: format(loss) }], event.data.given)]
})

export const forgetsOnRestart = ledgerWith({
  remember: (book) => book.dropIndexes(),
})

export const timeForgotten = ledgerWith({ keepsTime: false })

export const bulkLeftOpen = ledgerWith({ finishesBulk: false })

/** After an unknown outcome the events are made to fit wherever the stream stands now, and appended again. */
export const retriedElsewhere = ledgerWith({
  append: async (store, scheduler, stream, events, signal, report) => {
    const expected = events[0].revision - 1
    const outcome = await store.append(stream, events, expected)()
    if (outcome._tag === 'Right') return
    if (outcome.left.tag !== 'unknown') return appendSurely(store, scheduler, stream, events, signal, report)
    const last = await store.last(stream)
    if (last === undefined || last.revision === expected)
      return appendSurely(store, scheduler, stream, events, signal, report)
    let previousHash = last.hash
    const moved = events.map((stored, i) => {
      const body = JSON.parse(stored.body) as LedgerEvent
      const { event } = sealEvent({
        ...body,
        revision: last.revision + 1 + i,
        metadata: { ...body.metadata, previousHash },
      } as Parameters<typeof sealEvent>[0])
      previousHash = event.metadata.hash
      return encodeEvent(event)
    })
    const [first, ...rest] = moved
    if (first !== undefined) await appendSurely(store, scheduler, stream, [first, ...rest], signal, report)
    throw new Halted('fenced', `${stream} was written elsewhere: begins anew`)
  },
})
