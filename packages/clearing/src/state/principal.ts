import {
  add,
  type Decimal,
  decimal,
  divideFloor,
  isPositive,
  max,
  min,
  multiply,
  subtract,
  zero,
} from '@novation/decimal'
import type { Book } from './book'
import type { Account } from './pool'

/** So much of an asset. */
interface Some {
  readonly asset: string
  readonly amount: Decimal
}

const paidIn = ({ principal }: Account, asset: string): Decimal => principal.get(asset) ?? zero

export const addPrincipal = (book: Book, account: Account, { asset, amount }: Some): void =>
  book.put(account, 'principal', asset, add(paidIn(account, asset), amount))

/** What leaves was paid in, as far as any of that asset was. */
export const takePrincipal = (book: Book, account: Account, { asset, amount }: Some): void =>
  book.put(account, 'principal', asset, max(zero, subtract(paidIn(account, asset), amount)))

export const writeOffPrincipal = (book: Book, account: Account): void => {
  for (const asset of account.principal.keys()) book.remove(account, 'principal', asset)
}

/** What comes for something that was paid in counts as paid in, by the same part; finer than the asset, it does not. */
const exchange = (book: Book, account: Account, gone: Some, come: Some): void => {
  const part = min(paidIn(account, gone.asset), gone.amount)
  if (!isPositive(part)) return
  const { decimals } = book.assets.get(come.asset) ?? { decimals: 0 }
  takePrincipal(book, account, { asset: gone.asset, amount: part })
  addPrincipal(book, account, {
    asset: come.asset,
    amount: divideFloor(multiply(come.amount, part), gone.amount, decimals),
  })
}

/** A coin is sold for cash: principal changes its asset with what it was, or whoever sells keeps some that is not there, and whoever buys some twice. */
export const sellPrincipal = (
  book: Book,
  { seller, buyer }: { readonly seller: Account; readonly buyer?: Account },
  { asset, quantity, paid }: { readonly asset: string; readonly quantity: string; readonly paid: string },
): void => {
  const coins = { asset, amount: decimal(quantity) }
  const cash = { asset: book.settlementAsset ?? '', amount: decimal(paid) }
  exchange(book, seller, coins, cash)
  if (buyer !== undefined) exchange(book, buyer, cash, coins)
}
