import { add, type Decimal, decimal, one, zero } from '@novation/decimal'
import { type EventData, type EventType, parseTime } from '@novation/events'
import { applyMoves, setUnvalued } from './balances'
import { bind, unbind } from './bindings'
import type { Book } from './book'
import { consentAfter } from './consent'
import { countdownFrom, keepCountdownsOf, leftOf, runOut } from './countdown'
import { applyExpiryFixed, byAccount, markExpirySettled, noteExpirySettled } from './expiry-state'
import { noteCancelled, noteFills } from './fills'
import { elsewhere, noteCut, noteGain } from './gains'
import { noteTaken } from './held-back'
import { type Identity, newIdentity } from './identity'
import { applyDrawn, applyEnded, applyLiquidated, applyStarted, applyTurned, sayOver } from './liquidation-state'
import {
  applyDelisting,
  applyExpired,
  applyHeld,
  applyListed,
  applyPoolParameters,
  applyRegistered,
  applyState,
  applyTick,
  assetOf,
  instrumentOf,
  markSettled,
  sayWear,
} from './market-state'
import {
  applyDepth,
  applyEquivocated,
  applyIndexHeld,
  applyIndexSet,
  applyObservations,
  applyQuotes,
  applyScored,
  applyTicked,
} from './oracle-state'
import { delaysOf } from './parameters'
import { pause } from './paused'
import type { Account, Asset } from './pool'
import { assertBalanced, type Move } from './postings'
import { addPrincipal, sellPrincipal, takePrincipal, writeOffPrincipal } from './principal'
import { applyDrawing, endWindows } from './purses'
import { applyBusted, rememberTrade } from './recent-trades'
import { applyCurve, applyForward, applyForwardHeld, applyRiskModel, applyVolatility } from './risk-state'
import { applyAssetParameters, applyInstrumentParameters, endNotice } from './term-changes'
import { type Losses, noDefault } from './values'
import { unvaluedOf } from './worth'

const accountOf = (book: Book, id: string): Account => {
  const account = book.accounts.get(id)
  if (account === undefined) throw new RangeError(`an event names account ${id}, which was never opened`)
  return account
}

const identityOf = ({ identity }: Book): Identity => {
  if (identity === undefined) throw new RangeError('an event names keys, but no identity was adopted')
  return identity
}

/** What comes while its asset cannot be sold counts for nothing until a price is observed since. */
const waitForPrice = (book: Book, account: Account, asset: Asset, amount: Decimal): void => {
  if (asset.settlement || asset.stand.live) return
  // What was observed already is no news, also where that clock was ahead of the ledger's.
  const since = Math.max(book.at, (asset.price?.observedAt ?? 0) + 1)
  setUnvalued(book, account, asset.id, { amount: add(unvaluedOf(account, asset.id), amount), since })
}

/** A position keeps how crowded its instrument was when it grew. */
const grow = (book: Book, { account: id, instrument, crowding = '0' }: EventData<'PositionIncreased'>): void => {
  const position = accountOf(book, id).positions.get(instrument)
  if (position === undefined) throw new RangeError(`a position of ${id} in ${instrument} grows, who holds none`)
  book.set(position, 'crowding', decimal(crowding))
}

/** What a reduction or a close has brought is a gain, or a loss, in its instrument. */
const realise = (book: Book, { account, instrument, realised }: EventData<'PositionReduced'>): void =>
  noteGain(book, accountOf(book, account), instrument, decimal(realised))

/** A debt that is left without a liquidation was made in what was settled. */
const noteSettled = (book: Book, account: Account, instrument: string, amount: Decimal): void => {
  noteGain(book, account, instrument, amount)
  if (account.owing !== undefined && account.inDefault === undefined)
    book.set(account, 'inDefault', { ...noDefault, required: new Map([[instrument, one]]) })
}

/** What is paid counts under the caps that it names. */
const applyDrawings = (book: Book, under: Exclude<EventData<'InsuranceDrawn'>['under'], undefined>): void => {
  for (const { what, id, amount, cap } of under)
    applyDrawing(book, { what, id, amount: decimal(amount), cap: decimal(cap) })
}

const changeLosses = (book: Book, layer: keyof Losses, amount: Decimal): void =>
  book.set(book, 'losses', { ...book.losses, [layer]: add(book.losses[layer], amount) })

const waitNoMore = (book: Book, id: string): void => {
  const account = accountOf(book, id)
  if (account.owing !== undefined) book.set(account, 'owing', { ...account.owing, windowOver: true })
}

const dueEffects: Readonly<Record<EventData<'TimePassed'>['due'][number]['what'], (book: Book, id: string) => void>> = {
  auction: sayOver,
  caps: endWindows,
  expiry: () => undefined,
  dead: () => undefined,
  fixing: () => undefined,
  loss: waitNoMore,
  'expiry-fixing': () => undefined,
  'margin-call': () => undefined,
  debit: (book, id) => {
    const account = accountOf(book, id)
    const { debit } = account
    if (debit !== undefined) book.set(account, 'debit', { ...debit, countdown: runOut(debit.countdown), due: true })
  },
  terms: endNotice,
  wear: sayWear,
}

/** What each event changes besides the balances its postings move. An event left out changes nothing else. */
const effects: { readonly [K in EventType]?: (book: Book, data: EventData<K>) => void } = {
  AssetRegistered: applyRegistered,
  AssetParametersSet: applyAssetParameters,
  InstrumentListed: applyListed,
  InstrumentParametersSet: applyInstrumentParameters,
  InstrumentStateSet: applyState,
  InstrumentDelisting: applyDelisting,
  InstrumentExpired: applyExpired,
  PoolParametersSet: applyPoolParameters,
  AccountOpened: (book, { account: id, margin, owner = id, consent }) => {
    const account = book.open(id, margin, owner)
    if (consent !== undefined) book.set(account, 'consent', { now: consent })
  },
  ConsentSet: (book, { account: id, consent, from }) => {
    const account = accountOf(book, id)
    book.set(account, 'consent', consentAfter(account, book.at, consent, parseTime(from)))
  },
  OrderCancelled: (book, data) => noteCancelled(book, identityOf(book), data),
  CollateralDeposited: (book, { account, asset, amount }) => {
    addPrincipal(book, accountOf(book, account), { asset, amount: decimal(amount) })
    waitForPrice(book, accountOf(book, account), assetOf(book, asset), decimal(amount))
  },
  CollateralWithdrawn: (book, { account, asset, amount }) => {
    takePrincipal(book, accountOf(book, account), { asset, amount: decimal(amount) })
    noteTaken(book, accountOf(book, account), asset, decimal(amount))
  },
  PriceTick: applyTick,
  PriceHeld: applyHeld,
  IndexSet: applyIndexSet,
  QuotesTaken: applyQuotes,
  SourceEquivocated: applyEquivocated,
  ObservationsTaken: applyObservations,
  DepthObserved: applyDepth,
  SourcesScored: applyScored,
  IndexTicked: applyTicked,
  IndexHeld: applyIndexHeld,
  RiskModelSet: applyRiskModel,
  ForwardTick: applyForward,
  ForwardHeld: applyForwardHeld,
  VolatilityTick: applyVolatility,
  CurveTick: applyCurve,
  ExpiryFixed: applyExpiryFixed,
  TradeCleared: (book, data) => {
    book.put<Book, true>(book, 'trades', data.trade, true)
    if (data.fills !== undefined) noteFills(book, identityOf(book), data.fills)
    rememberTrade(book, data)
  },
  TradeBusted: applyBusted,
  PositionOpened: grow,
  PositionIncreased: grow,
  PositionReduced: realise,
  PositionClosed: realise,
  FundingPaid: (book, { instrument, index }) => {
    book.set(instrumentOf(book, instrument), 'fundingIndex', decimal(index))
    book.set(instrumentOf(book, instrument), 'fundedAt', book.at)
  },
  FundingSettled: (book, { account: id, instrument, amount, index }) => {
    noteGain(book, accountOf(book, id), instrument, decimal(amount))
    const position = accountOf(book, id).positions.get(instrument)
    if (position === undefined) throw new RangeError(`funding is settled for ${id}, who holds no ${instrument}`)
    book.set(position, 'fundingIndex', decimal(index))
  },
  MarginCall: (book, { account: id, amount, deadline }) => {
    const account = accountOf(book, id)
    const countdown = countdownFrom(book, account, 'call', parseTime(deadline) - book.at)
    book.set(account, 'call', { amount: decimal(amount), countdown, missed: false })
    book.add(book, 'calls', id)
  },
  MarginCallMet: (book, { account: id }) => {
    const account = accountOf(book, id)
    if (account.call !== undefined) pause(book, account, 'call', leftOf(book, account, 'call'))
    book.set(account, 'call', undefined)
    book.remove(book, 'calls', id)
  },
  MarginCallMissed: (book, { account: id }) => {
    const account = accountOf(book, id)
    const { call } = account
    // What follows is what held when it was missed, whatever the parameters say later.
    const missed = book.parameters.missedCall ?? 'record'
    if (call !== undefined) book.set(account, 'call', { ...call, countdown: runOut(call.countdown), missed })
  },
  DebitCalled: (book, { account: id, amount, deadline }) => {
    const account = accountOf(book, id)
    const countdown = countdownFrom(book, account, 'debit', parseTime(deadline) - book.at)
    book.set(account, 'debit', { amount: decimal(amount), countdown, due: false })
  },
  DebitMet: (book, { account: id }) => {
    const account = accountOf(book, id)
    if (account.debit !== undefined) pause(book, account, 'debit', leftOf(book, account, 'debit'))
    book.set(account, 'debit', undefined)
  },
  LiquidationStarted: applyStarted,
  AuctionTurned: applyTurned,
  Liquidated: (book, data) => {
    applyLiquidated(book, data)
    const account = accountOf(book, data.account)
    for (const { instrument, realised } of data.closed) noteGain(book, account, instrument, decimal(realised))
    noteGain(book, accountOf(book, data.bidder), elsewhere, add(decimal(data.payment), decimal(data.reward)))
  },
  LiquidationEnded: applyEnded,
  CollateralSold: (book, data) =>
    sellPrincipal(book, { seller: accountOf(book, data.account), buyer: accountOf(book, data.bidder) }, data),
  CollateralBought: (book, data) => {
    sellPrincipal(book, { seller: accountOf(book, data.account) }, data)
    applyDrawings(book, data.under)
  },
  InsuranceDrawn: (book, data) => {
    applyDrawn(book, data)
    applyDrawings(book, data.under ?? [])
    if (data.to !== data.defaulter) noteGain(book, accountOf(book, data.to), elsewhere, decimal(data.amount))
    changeLosses(book, data.layer === 'fund' ? 'insurance' : 'skinInTheGame', decimal(data.amount))
    if (data.purpose === 'write-off') writeOffPrincipal(book, accountOf(book, data.defaulter))
  },
  Deleveraged: (book, { account, counterparty, instrument, realised, counterpartyRealised, share }) => {
    noteGain(book, accountOf(book, account), instrument, decimal(realised))
    noteGain(book, accountOf(book, counterparty), instrument, add(decimal(counterpartyRealised), decimal(share)))
  },
  LossSocialized: (book, { taken, given }) => {
    for (const { account, amount, instrument = elsewhere } of taken)
      noteCut(book, accountOf(book, account), instrument, decimal(amount))
    const paid = given.reduce((sum, { amount }) => add(sum, decimal(amount)), zero)
    for (const { account } of given) writeOffPrincipal(book, accountOf(book, account))
    changeLosses(book, 'socialized', paid)
  },
  InstrumentSettled: (book, { instrument, bulk, positions }) => {
    for (const { account, realised, funding = '0' } of positions)
      noteSettled(book, accountOf(book, account), instrument, add(decimal(realised), decimal(funding)))
    if (bulk === undefined) markSettled(book, instrument)
  },
  ExpirySettled: (book, data) => {
    for (const [account, positions] of byAccount(data.positions))
      noteExpirySettled(book, accountOf(book, account), positions)
    if (data.bulk === undefined) markExpirySettled(book, data)
  },
  VariationSettled: (book, { positions }) => {
    for (const { account, instrument, amount } of positions)
      noteGain(book, accountOf(book, account), instrument, decimal(amount))
  },
  BulkEnded: (book, { what, instrument, underlying = '', expiry = '' }) => {
    book.set(book, 'bulk', undefined)
    if (instrument !== undefined) markSettled(book, instrument)
    if (what === 'expiry') markExpirySettled(book, { underlying, expiry })
  },
  TimePassed: (book, { due }) => {
    for (const { what, id } of due) dueEffects[what](book, id)
  },
  IdentityAdopted: (book, { domain, keys, development, ...delays }) => {
    const identity = newIdentity({ domain, development, since: book.revision + 1 })
    book.set<Book, 'identity'>(book, 'identity', identity)
    book.set(book, 'parameters', { ...book.parameters, ...delaysOf(delays) })
    for (const { actor, key } of keys) bind(book, identity, { actor, key, since: book.at, from: book.at, by: [] })
  },
  DomainRenewed: (book, { domain }) => book.set(identityOf(book), 'domain', domain),
  KeyRegistered: (book, { actor, key, activeFrom, by }) =>
    bind(book, identityOf(book), { actor, key, since: book.at, from: parseTime(activeFrom), by }),
  KeyRevoked: (book, { bindings }) => {
    for (const binding of bindings) unbind(book, identityOf(book), binding)
  },
  PoolFrozen: (book) => {
    book.set(book, 'frozen', true)
    book.set(book, 'frozenAt', book.at)
  },
  PoolThawed: (book) => book.set(book, 'frozen', false),
}

/** The changes of a decision, made in the book: balances by its postings, the rest by its type. */
export const apply = <K extends EventType>(book: Book, type: K, data: EventData<K>, moves: readonly Move[]): void => {
  assertBalanced(moves, type)
  keepCountdownsOf(book, moves, () => {
    applyMoves(book, moves)
    effects[type]?.(book, data)
  })
}
