import type { Decimal } from '@novation/decimal'
import { setUnvalued } from '../state/balances'
import { bind } from '../state/bindings'
import { Book } from '../state/book'
import type { PartSizes } from '../state/bulk-size'
import { type Filled, type Identity, newIdentity, type Signed } from '../state/identity'
import { revalueAll } from '../state/marks'
import { positionOf } from '../state/names'
import {
  type DepthNow,
  type IndexNow,
  type IndexOf,
  type LastObservation,
  type LastQuote,
  newOracle,
  type Oracle,
  type PriceWindow,
} from '../state/oracle'
import type { Account } from '../state/pool'
import { newAsset, newInstrument, newPosition } from '../state/records'
import { type CurveNow, type MarketNow, type ModelOf, newRisk, type Risk } from '../state/risk'
import type { AccountState, State } from './state-form'

const restoreHouse = (book: Book, { books }: State): void => {
  for (const [name, { balances }] of books) {
    const house = book.house(name)
    for (const [asset, amount] of balances) book.put(house, 'balances', asset, amount)
  }
}

const restoreMarket = (book: Book, { assets, instruments }: State): void => {
  for (const [id, asset] of assets) book.put(book, 'assets', id, newAsset(asset, book.unjudged.tick(), asset))
  for (const [id, state] of instruments) {
    const instrument = newInstrument(state, book.fundingHouse(id), book.unjudged.tick())
    book.put(book, 'instruments', id, instrument)
    book.standing.due.noteExpiry(instrument)
  }
}

const restorePositions = (book: Book, account: Account, { positions }: AccountState): void => {
  for (const [id, { quantity, cash, fundingIndex, crowding }] of positions) {
    const instrument = book.instruments.get(id)
    if (instrument === undefined) throw new TypeError(`${account.id} holds ${id}, which is not listed`)
    const position = newPosition(positionOf(account.id, id), account, instrument)
    book.set(position, 'quantity', quantity)
    book.set(position, 'cash', cash)
    book.set(position, 'fundingIndex', fundingIndex)
    book.set(position, 'crowding', crowding)
    book.put(account, 'positions', id, position)
    book.add(instrument, 'holders', account)
  }
}

const restoreHolding = (book: Book, account: Account, id: string, amount: Decimal): void => {
  book.put(account, 'balances', id, amount)
  const asset = book.assets.get(id)
  if (asset !== undefined && !asset.settlement) book.add(asset, 'holders', account)
}

const restoreAccount = (book: Book, id: string, state: AccountState): void => {
  if (state.id !== id) throw new TypeError(`account ${state.id} stands as ${id}`)
  const account = book.open(state.id, state.margin, state.owner.id)
  for (const [asset, amount] of state.balances) restoreHolding(book, account, asset, amount)
  for (const [asset, unvalued] of state.unvalued) setUnvalued(book, account, asset, unvalued)
  for (const [asset, amount] of state.principal) book.put(account, 'principal', asset, amount)
  for (const [name, gains] of state.gains) book.put(account, 'gains', name, gains)
  restorePositions(book, account, state)
  book.set(account, 'taken', state.taken)
  book.set(account, 'call', state.call)
  book.set(account, 'debit', state.debit)
  for (const [what, paused] of state.paused) book.put(account, 'paused', what, paused)
  book.set(account, 'liquidation', state.liquidation)
  book.set(account, 'inDefault', state.inDefault)
  book.set(account, 'liquidations', state.liquidations)
  book.set(account, 'owing', state.owing)
  if (state.consent !== undefined) book.set(account, 'consent', state.consent)
}

const restoreIdentity = (book: Book, { identity: state }: State): void => {
  if (state === undefined) return
  const identity = newIdentity(state)
  book.set<Book, 'identity'>(book, 'identity', identity)
  for (const [key, bindings] of state.keys)
    for (const binding of bindings) {
      if (binding.key !== key) throw new TypeError(`a binding of ${binding.key} stands as one of ${key}`)
      bind(book, identity, binding)
    }
  for (const [digest, filled] of state.fills) book.put<Identity, Filled>(identity, 'fills', digest, filled)
  for (const [name, until] of state.cancelled) book.put<Identity, number>(identity, 'cancelled', name, until)
  book.set<Identity, 'sweptAt'>(identity, 'sweptAt', state.sweptAt)
}

const restoreOracle = (book: Book, { oracle: state }: State): void => {
  if (state === undefined) return
  const oracle = newOracle()
  book.set<Book, 'oracle'>(book, 'oracle', oracle)
  for (const [id, terms] of state.terms) book.put<Oracle, IndexOf>(oracle, 'terms', id, terms)
  for (const [id, now] of state.indices) book.put<Oracle, IndexNow>(oracle, 'indices', id, now)
  for (const [name, quote] of state.quotes) book.put<Oracle, LastQuote>(oracle, 'quotes', name, quote)
  for (const [name, window] of state.windows) book.put<Oracle, PriceWindow>(oracle, 'windows', name, window)
  for (const [name, at] of state.equivocated) book.put<Oracle, number>(oracle, 'equivocated', name, at)
  for (const [name, seen] of state.observations) book.put<Oracle, LastObservation>(oracle, 'observations', name, seen)
  for (const [id, depth] of state.depths) book.put<Oracle, DepthNow>(oracle, 'depths', id, depth)
}

const restoreRisk = (book: Book, { risk: state }: State): void => {
  if (state === undefined) return
  const risk = newRisk()
  book.set<Book, 'risk'>(book, 'risk', risk)
  for (const [id, model] of state.models) book.put<Risk, ModelOf>(risk, 'models', id, model)
  for (const [id, market] of state.markets) book.put<Risk, MarketNow>(risk, 'markets', id, market)
  for (const [id, curve] of state.curves) book.put<Risk, CurveNow>(risk, 'curves', id, curve)
  for (const [name, revision] of state.told) book.put<Risk, number>(risk, 'told', name, revision)
  revalueAll(book)
}

/** A book of this state, with nobody judged yet, which knows of no command and no trade: those are remembered beside. */
export const bookOf = (state: State, parts?: PartSizes, verify?: Signed['verify']): Book => {
  const book = new Book(state.name, parts, verify)
  for (const field of ['revision', 'groupEnd', 'door', 'at', 'head', 'parameters', 'settlementAsset'] as const)
    book.set<Book, typeof field>(book, field, state[field])
  for (const field of ['losses', 'sweptAt', 'frozen', 'frozenAt', 'taken', 'bulk'] as const)
    book.set<Book, typeof field>(book, field, state[field])
  restoreIdentity(book, state)
  restoreOracle(book, state)
  restoreHouse(book, state)
  restoreMarket(book, state)
  restoreRisk(book, state)
  for (const [id, account] of state.accounts) restoreAccount(book, id, account)
  for (const [id, account] of state.liquidations) book.put(book, 'liquidations', id, account)
  for (const [name, purse] of state.purses) book.put(book, 'purses', name, purse)
  for (const [trade, recent] of state.recentTrades) book.put(book, 'recentTrades', trade, recent)
  for (const id of state.calls) book.add(book, 'calls', id)
  return book
}
