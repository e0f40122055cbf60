import { add, type Decimal, decimal, isNegative, isZero, max, subtract, zero } from '@novation/decimal'
import type { Posting } from '@novation/events'
import { Map as Table } from 'immutable'
import type { Account, Instrument, Pool, Position } from './pool'
import { BrokenInvariant } from './postings'

const added = (balances: Table<string, Decimal>, asset: string, amount: Decimal): Table<string, Decimal> => {
  const balance = add(balances.get(asset) ?? zero, amount)
  return isZero(balance) ? balances.delete(asset) : balances.set(asset, balance)
}

const inBooks = (pool: Pool, account: string, asset: string, amount: Decimal): Pool => {
  const balances = added(pool.books.get(account) ?? Table(), asset, amount)
  return { ...pool, books: balances.isEmpty() ? pool.books.delete(account) : pool.books.set(account, balances) }
}

const touch = (pool: Pool, account: Account): Pool => ({
  ...pool,
  accounts: pool.accounts.set(account.id, account),
  standing: { ...pool.standing, touched: pool.standing.touched.add(account.id) },
})

const longOf = (quantity: Decimal): Decimal => max(quantity, zero)

const inPosition = (pool: Pool, account: Account, instrument: Instrument, asset: string, amount: Decimal): Pool => {
  const held: Position = account.positions.get(instrument.id) ?? {
    quantity: zero,
    cash: zero,
    fundingIndex: instrument.fundingIndex,
  }
  if (asset !== instrument.id)
    return touch(pool, {
      ...account,
      positions: account.positions.set(instrument.id, { ...held, cash: add(held.cash, amount) }),
    })
  const quantity = add(held.quantity, amount)
  const openInterest = add(instrument.openInterest, subtract(longOf(quantity), longOf(held.quantity)))
  const scaled = instrument.margin.openInterestScaling !== undefined
  const standing = scaled ? { ...pool.standing, shaken: pool.standing.shaken.add(instrument.id) } : pool.standing
  return touch(
    { ...pool, standing, instruments: pool.instruments.set(instrument.id, { ...instrument, openInterest }) },
    { ...account, positions: account.positions.set(instrument.id, { ...held, quantity }) },
  )
}

const applyPosting = (pool: Pool, { account: name, asset, amount }: Posting): Pool => {
  const [kind, id, instrumentId] = name.split('/')
  if (kind !== 'trader') return inBooks(pool, name, asset, decimal(amount))
  const account = id === undefined ? undefined : pool.accounts.get(id)
  if (account === undefined) throw new BrokenInvariant(`a posting names ${name}, but there is no such account`)
  if (instrumentId === undefined)
    return touch(pool, { ...account, balances: added(account.balances, asset, decimal(amount)) })
  const instrument = pool.instruments.get(instrumentId)
  if (instrument === undefined) throw new BrokenInvariant(`a posting names ${name}, but there is no such instrument`)
  return inPosition(pool, account, instrument, asset, decimal(amount))
}

/** A position of nothing is none; one that keeps cash without quantity would be value nobody can reach. */
const dropEmpty = (pool: Pool, { account: name }: Posting): Pool => {
  const [kind, id, instrument] = name.split('/')
  if (kind !== 'trader' || id === undefined || instrument === undefined) return pool
  const account = pool.accounts.get(id)
  const position = account?.positions.get(instrument)
  if (account === undefined || position === undefined || !isZero(position.quantity)) return pool
  if (!isZero(position.cash)) throw new BrokenInvariant(`${name} is closed, but cash is left in it`)
  return { ...pool, accounts: pool.accounts.set(id, { ...account, positions: account.positions.delete(instrument) }) }
}

/** Whether an account has nothing but a debt: then its loss is for the waterfall (risk 5). */
const markOwing = (pool: Pool, { account: name }: Posting): Pool => {
  const [kind, id] = name.split('/')
  const account = kind === 'trader' && id !== undefined ? pool.accounts.get(id) : undefined
  if (account === undefined || pool.settlementAsset === undefined) return pool
  const cash = account.balances.get(pool.settlementAsset)
  const owes = account.positions.isEmpty() && cash !== undefined && isNegative(cash)
  if (owes === (account.owing !== undefined)) return pool
  const { owing: _, inDefault, ...rest } = account
  const goesOn = owes || account.liquidation !== undefined
  const marked: Account = {
    ...rest,
    ...(owes ? { owing: { since: pool.at, windowOver: false } } : {}),
    ...(goesOn && inDefault !== undefined ? { inDefault } : {}),
  }
  return { ...pool, accounts: pool.accounts.set(account.id, marked) }
}

/** The one way balances change. */
export const applyPostings = (pool: Pool, postings: readonly Posting[]): Pool => {
  const posted = postings.reduce(applyPosting, pool)
  return postings.reduce((state, posting) => markOwing(dropEmpty(state, posting), posting), posted)
}
