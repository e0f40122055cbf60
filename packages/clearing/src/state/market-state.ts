import { decimal, zero } from '@novation/decimal'
import { type Changeable, type EventData, parseTime } from '@novation/events'
import { lived } from './auction-clock'
import { value } from './balances'
import type { Book } from './book'
import { keepCountdowns } from './countdown'
import { isHalted } from './halted'
import { highsWith } from './highs'
import { tieredTerms } from './margin-terms'
import { remark, remarkAll } from './marks'
import { followDebt } from './owing'
import type { Asset, Instrument } from './pool'
import { windowOf } from './price-window'
import { newAsset, newInstrument } from './records'
import { coverExpiries, followIndex, followListed } from './risk-state'
import { noteFee } from './term-changes'
import type { Held, Price } from './values'
import { closeWindow, openWindow } from './window-state'

// What events change of instruments, assets and what they cost.

type Priced = Instrument | Asset

export const instrumentOf = (book: Book, id: string): Instrument => {
  const instrument = book.instruments.get(id)
  if (instrument === undefined) throw new RangeError(`an event names instrument ${id}, which was never listed`)
  return instrument
}

export const assetOf = (book: Book, id: string): Asset => {
  const asset = book.assets.get(id)
  if (asset === undefined) throw new RangeError(`an event names ${id}, which was never registered`)
  return asset
}

export const applyRegistered = (
  book: Book,
  { asset: id, decimals, haircut, settlement, cap, coinShare, index }: EventData<'AssetRegistered'>,
): void => {
  const terms = {
    id,
    decimals,
    haircut: decimal(haircut),
    settlement,
    cap: cap === undefined ? undefined : decimal(cap),
    coinShare: coinShare === undefined ? undefined : decimal(coinShare),
    index,
  }
  book.put(book, 'assets', id, newAsset(terms, book.unjudged.tick()))
  if (settlement) book.set(book, 'settlementAsset', id)
}

export const applyListed = (
  book: Book,
  { instrument: id, underlying = id, expiry, strike, optionType, ...terms }: EventData<'InstrumentListed'>,
): void => {
  const state = {
    id,
    kind: terms.kind,
    multiplier: decimal(terms.multiplier),
    lot: decimal(terms.lot),
    margin: terms.margin === undefined ? { tiers: [] } : tieredTerms(terms.margin),
    option: strike === undefined || optionType === undefined ? undefined : { strike: decimal(strike), optionType },
    former: [],
    liquidation: terms.liquidation,
    gap: decimal(terms.gap),
    marginFloor: terms.marginFloor === undefined ? undefined : decimal(terms.marginFloor),
    underlying,
    expiry: expiry === undefined ? undefined : parseTime(expiry),
    settlement: terms.settlement,
    state: 'open' as const,
    since: book.at,
    delisting: false,
    expired: false,
    fixed: false,
    settled: false,
    index: terms.index,
    price: undefined,
    held: undefined,
    fundingIndex: zero,
    fundedAt: undefined,
    openInterest: zero,
  }
  const instrument = newInstrument(state, book.fundingHouse(id), book.unjudged.tick())
  book.put(book, 'instruments', id, instrument)
  book.standing.due.noteExpiry(instrument)
  openWindow(book, windowOf(instrument))
  followListed(book, instrument)
}

const setPrice = (book: Book, priced: Priced, price: Price): void => book.set<Priced, 'price'>(priced, 'price', price)

export const applyTick = (
  book: Book,
  { instrument, asset, price, observedAt, slow, confidence }: EventData<'PriceTick'>,
): void => {
  const priced = pricedOf(book, instrument, asset)
  if (priced.kind === 'asset') coverExpiries(book, priced)
  // In a halt a price wears by the time since that, whatever comes: what was said of it stands.
  const said = isHalted(priced) ? (priced.price?.said ?? 0) : 0
  const { cameAt, live_ms } = lived(book, priced)
  const tick: Changeable<Price> = { value: decimal(price), observedAt: parseTime(observedAt), said, cameAt, live_ms }
  if (slow !== undefined) tick.slow = decimal(slow)
  if (slow !== undefined && confidence !== undefined) tick.confidence = decimal(confidence)
  if (priced.kind === 'asset') book.set(priced, 'highs', highsWith(book, priced, tick.value))
  const come = (): void => {
    setPrice(book, priced, tick)
    endHold(book, priced)
    if (priced.kind === 'asset') value(book, priced, tick)
  }
  // Most prices only say on what could be dealt in already, or cannot be in a halt.
  if (priced.stand.live || isHalted(priced)) come()
  else keepCountdowns(book, priced.holders, come)
  if (priced.kind === 'asset') followIndex(book, priced)
}

const pricedOf = (book: Book, instrument: string | undefined, asset = ''): Priced =>
  instrument === undefined ? assetOf(book, asset) : instrumentOf(book, instrument)

const setHeld = (book: Book, priced: Priced, held: Held | undefined): void =>
  book.set<Priced, 'held'>(priced, 'held', held)

const endHold = (book: Book, priced: Priced): void => {
  if (priced.held === undefined) return
  setHeld(book, priced, undefined)
  followDebts(book, priced)
}

/** While a price is held nobody deals in what it is of, and the last one stays the mark. */
export const applyHeld = (book: Book, data: EventData<'PriceHeld'>): void => {
  const priced = pricedOf(book, data.instrument, data.asset)
  if (priced.kind === 'asset') coverExpiries(book, priced)
  keepCountdowns(book, priced.holders, () => {
    if (priced.price !== undefined) setPrice(book, priced, { ...priced.price, ...lived(book, priced) })
    setHeld(book, priced, {
      value: decimal(data.price),
      since: parseTime(data.since),
      observedAt: parseTime(data.observedAt),
    })
  })
  followDebts(book, priced)
  if (priced.kind === 'asset') remark(book, priced.id)
}

/** Whoever holds it may owe since it cannot be dealt in, or no longer. */
const followDebts = (book: Book, { holders }: Priced): void => {
  for (const holder of holders) followDebt(book, holder)
}

/** Time has come to say how far a price has worn. */
export const sayWear = (book: Book, id: string): void => {
  const priced = book.instruments.get(id) ?? assetOf(book, id)
  const { price } = priced
  if (price !== undefined)
    keepCountdowns(book, priced.holders, () => setPrice(book, priced, { ...price, said: priced.stand.wear.step }))
  followDebts(book, priced)
}

/** How long it could be dealt in by now is noted: what changes counts from here on. No step of wear has been said of what it is now. */
const noteLived = (book: Book, priced: Priced): void => {
  if (priced.price !== undefined) setPrice(book, priced, { ...priced.price, ...lived(book, priced), said: 0 })
}

const setState = (book: Book, instrument: Instrument, state: Instrument['state']): void => {
  keepCountdowns(book, instrument.holders, () => {
    noteLived(book, instrument)
    book.set(instrument, 'since', book.at)
    book.set(instrument, 'state', state)
  })
  followDebts(book, instrument)
}

export const applyState = (book: Book, { instrument, state }: EventData<'InstrumentStateSet'>): void =>
  setState(book, instrumentOf(book, instrument), state)

/** Until it expires it is only reduced; a halt goes on. */
export const applyDelisting = (book: Book, { instrument: id, at }: EventData<'InstrumentDelisting'>): void => {
  const instrument = instrumentOf(book, id)
  if (instrument.state === 'open') setState(book, instrument, 'reduce-only')
  book.set(instrument, 'delisting', true)
  const before = windowOf(instrument)
  book.set(instrument, 'expiry', parseTime(at))
  openWindow(book, windowOf(instrument))
  closeWindow(book, before)
}

/** From now on nobody can deal in it; and where it has a fixing, its price is final, and no other counts beside it. */
export const applyExpired = (book: Book, { instrument: id, fixing }: EventData<'InstrumentExpired'>): void => {
  const instrument = instrumentOf(book, id)
  keepCountdowns(book, instrument.holders, () => {
    // Without a fixing it wears on as it did: of a halt, since that began.
    const final = fixing === undefined ? {} : { slow: undefined, confidence: undefined }
    if (instrument.price !== undefined)
      setPrice(book, instrument, { ...instrument.price, ...lived(book, instrument), ...final })
    book.set(instrument, 'expired', true)
    if (fixing !== undefined) {
      book.set(instrument, 'since', book.at)
      book.set(instrument, 'fixed', true)
      setHeld(book, instrument, undefined)
      closeWindow(book, windowOf(instrument))
    }
  })
  followDebts(book, instrument)
}

export const markSettled = (book: Book, id: string): void => {
  const instrument = instrumentOf(book, id)
  book.set(instrument, 'settled', true)
  book.set(instrument, 'expired', true)
  closeWindow(book, windowOf(instrument))
}

/** How long a price could be dealt in was counted by the tolerance before: that stays so. */
export const noteLivedOf = (book: Book, which: (priced: Priced) => boolean): void => {
  for (const priced of [...book.instruments.values(), ...book.assets.values()])
    if (priced.price !== undefined && which(priced)) setPrice(book, priced, { ...priced.price, ...lived(book, priced) })
}

export const applyPoolParameters = (book: Book, { parameters }: EventData<'PoolParametersSet'>): void => {
  noteFee(book, decimal(parameters.liquidation.fee))
  if (parameters.priceTolerance_s !== book.parameters.priceTolerance_s) {
    noteLivedOf(book, () => true)
    // What was stale stays so: nothing of a window is covered afterwards because a price may be older from now on.
    for (const asset of book.assets.values()) coverExpiries(book, asset)
  }
  keepCountdowns(book, book.accounts.values(), () => book.set(book, 'parameters', parameters))
  remarkAll(book)
}
