import {
  abs,
  add,
  type Decimal,
  decimal,
  format,
  greaterThan,
  multiply,
  negate,
  subtract,
  zero,
} from '@novation/decimal'
import type { EventType } from '@novation/events'
import { rehearse } from '../ledger/rehearse'
import { offerOf } from '../liquidation/offer'
import type { Book } from '../state/book'
import { healthOf } from '../state/health'
import { judge } from '../state/judge'
import { accountIn, type Law, units } from './append'

/** What a bid for all brings whoever makes it if the account were worth so much at its best. */
const incomeAt = (book: Book, id: string, worth: Decimal): Decimal | undefined =>
  rehearse(book, () => {
    const account = accountIn(book, id)
    const asset = book.settlementAsset ?? ''
    const cash = account.balances.get(asset) ?? zero
    book.put(account, 'balances', asset, add(cash, subtract(worth, healthOf(book, account).best)))
    return offerOf(judge(book), account)?.paid
  })

/** By how many units a step of one may move the income: what is paid, charged and rewarded is each rounded. */
const most = 5

/** What is taken is sized in millionths, so that of a position that is left one may not be paid for. */
const millionths = decimal('0.00001')

/** An auction has come to something, or somebody has bid. */
const telling: ReadonlySet<EventType> = new Set(['LiquidationStarted', 'AuctionTurned', 'Liquidated'])

/** Where somebody is worth about nothing, a unit more or less moves what a bidder earns by a few units at the most. */
export const incomeIsContinuous: Law = ({ events, after }) => {
  if (after.bulk !== undefined || !events.some(({ type }) => telling.has(type))) return undefined
  for (const [id, name] of after.liquidations) {
    if (accountIn(after, name).liquidation?.cause !== undefined) continue
    const steps = [negate(units(after, 1)), zero, units(after, 1)]
    const incomes = steps.map((worth) => incomeAt(after, name, worth))
    for (const [i, income = zero] of incomes.entries()) {
      const last = incomes[i - 1]
      if (last === undefined) continue
      const slack = add(units(after, most), multiply(abs(last), millionths))
      if (greaterThan(abs(subtract(income, last)), slack))
        return `a bid on ${id} brings ${format(income)} at ${format(steps[i] ?? zero)}, and ${format(last)} a unit below`
    }
  }
  return undefined
}
