import { add, decimal, max, zero } from '@novation/decimal'
import type { EventData } from '@novation/events'
import { joinedClocks, newClocks, notedClocks, passedIn } from './auction-clock'
import type { Book } from './book'
import { defaultNow } from './default-now'
import { healthOf } from './health'
import { followDebt } from './owing'
import { pause, pausedFor } from './paused'
import type { Account, Asset, Pool } from './pool'
import { type Liquidation, noDefault } from './values'

/** The account that a liquidation winds down. */
const accountOf = (pool: Pool, liquidation: string): Account | undefined =>
  pool.accounts.get(pool.liquidations.get(liquidation) ?? '')

const changeLiquidation = (book: Book, id: string, change: (open: Liquidation) => Liquidation): void => {
  const account = accountOf(book, id)
  if (account?.liquidation === undefined) throw new RangeError(`an event names liquidation ${id}, which is not open`)
  book.set(account, 'liquidation', change(account.liquidation))
}

export const applyStarted = (book: Book, data: EventData<'LiquidationStarted'>): void => {
  const account = book.accounts.get(data.account)
  if (account === undefined) throw new RangeError(`a liquidation names account ${data.account}, which was never opened`)
  book.put(book, 'liquidations', data.liquidation, account.id)
  book.set(account, 'liquidation', {
    id: data.liquidation,
    startedAt: book.at,
    clocks: newClocks(
      book,
      [...data.positions.map(({ instrument }) => instrument), ...(data.coins ?? []).map(({ asset }) => asset)],
      data.cause === 'debit' ? pausedFor(book, account, 'auction') : 0,
    ),
    solvent: data.solvent,
    over: false,
    backstopped: false,
    kept: zero,
    tip: decimal(data.terms.keeperTip),
    terms: data.terms,
    cause: data.cause,
  })
  const { required, coins, drawn } = account.inDefault ?? noDefault
  const [mostRequired, mostCoins] = [new Map(required), new Map(coins)]
  for (const { instrument, maintenanceMargin } of data.positions)
    mostRequired.set(instrument, max(decimal(maintenanceMargin), required.get(instrument) ?? zero))
  for (const { asset, amount, high } of data.coins ?? []) {
    const so = coins.get(asset) ?? { amount: zero, high: zero }
    mostCoins.set(asset, { amount: max(decimal(amount), so.amount), high: max(decimal(high), so.high) })
  }
  book.set(account, 'inDefault', { required: mostRequired, coins: mostCoins, drawn })
  book.set(account, 'owing', undefined)
  book.set(account, 'liquidations', account.liquidations + 1)
}

/** Each clock goes on where it stood; how long the account was below zero is noted. */
export const applyTurned = (book: Book, { liquidation, solvent, over }: EventData<'AuctionTurned'>): void =>
  changeLiquidation(book, liquidation, (open) => ({ ...open, solvent, over, clocks: notedClocks(book, open) }))

/** The backstop's turn ends with its fill. */
export const applyLiquidated = (book: Book, data: EventData<'Liquidated'>): void =>
  changeLiquidation(book, data.liquidation, (open) => ({
    ...open,
    kept: decimal(data.keptShare),
    tip: decimal(data.tipLeft),
    backstopped: open.backstopped || (open.over && data.bidder === book.parameters.backstop),
  }))

/** What was paid for the debt itself, not to who took the risk over. Counted for as long as the default is not over: a liquidation is open, or a debt is left. */
export const applyDrawn = (book: Book, { defaulter, to, layer, amount }: EventData<'InsuranceDrawn'>): void => {
  if (to !== defaulter) return
  const account = book.accounts.get(defaulter)
  if (account === undefined) throw new RangeError(`a draw names account ${defaulter}, which was never opened`)
  if (account.liquidation === undefined && account.owing === undefined && account.inDefault === undefined) return
  // Who came to owe by what coins lost while nothing was held stands on these: what is drawn later stands where this does.
  const { drawn, ...so } = account.inDefault ?? defaultNow(book, account)
  const from = layer === 'fund' ? 'fund' : 'skinInTheGame'
  book.set(account, 'inDefault', { ...so, drawn: { ...drawn, [from]: add(drawn[from], decimal(amount)) } })
}

export const applyEnded = (book: Book, data: EventData<'LiquidationEnded'>): void => {
  const account = accountOf(book, data.liquidation)
  if (account === undefined) throw new RangeError(`liquidation ${data.liquidation} ends, but is not open`)
  book.remove(book, 'liquidations', data.liquidation)
  const open = account.liquidation
  if (open?.cause === 'debit') pause(book, account, 'auction', passedIn(book, open, healthOf(book, account)).elapsed_ms)
  const isFlat = account.positions.size === 0 && account.balances.size > 1
  if (isFlat && (data.reason === 'deleveraged' || data.reason === 'closed-out'))
    book.set(account, 'inDefault', {
      ...(account.inDefault ?? noDefault),
      offered: { since: account.liquidation?.startedAt ?? book.at, asked: false },
    })
  book.set(account, 'liquidation', undefined)
  followDebt(book, account)
}

/** The waterfall has been asked for all who owe: whoever has something left to sell goes on sale anew. */
export const noteCovered = (book: Book): void => {
  for (const account of book.accounts.values()) {
    const { inDefault, owing } = account
    if (owing === undefined || inDefault?.offered?.asked !== false) continue
    book.set(account, 'inDefault', { ...inDefault, offered: { ...inDefault.offered, asked: true } })
    followDebt(book, account)
  }
}

/** A coin that the account did not have when its auction began is for sale from now on too. */
export const joinAuction = (book: Book, account: Account, asset: Asset): void => {
  const open = account.liquidation
  if (open !== undefined) book.set(account, 'liquidation', { ...open, clocks: joinedClocks(book, open, asset) })
}

/** Time has come to say that an auction is over. */
export const sayOver = (book: Book, id: string): void =>
  changeLiquidation(book, id, (open) => ({ ...open, over: true }))

/** The backstop has had its turn, where it had one. */
export const endTurn = (book: Book, id: string): void => {
  const open = accountOf(book, id)?.liquidation
  if (open?.over === true && !open.backstopped) changeLiquidation(book, id, () => ({ ...open, backstopped: true }))
}
