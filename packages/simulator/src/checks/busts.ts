import { decimal, equals, isNegative, negate, zero } from '@novation/decimal'
import { type LedgerEvent, type LedgerEventOf, parseTime } from '@novation/events'
import type { Group, Law } from './law'

interface Dealt {
  readonly trade: LedgerEventOf<'TradeCleared'>
  readonly until: number
}

const until = (event: LedgerEventOf<'TradeCleared'>, { before }: Group): number =>
  parseTime(event.at) + (before.parameters.bust_s ?? 3600) * 1000

/** What a bust says beside what was dealt: both sides the other way, at the trade's own price. */
const differs = ({ data, at }: LedgerEventOf<'TradeBusted'>, { trade, until: last }: Dealt): string | undefined => {
  const { buyer, seller, quantity, price } = trade.data
  if (data.corrects !== trade.revision) return `it corrects ${data.corrects}, and not ${trade.revision}`
  if (parseTime(at) > last) return 'it comes after its time'
  if (!equals(decimal(data.price), decimal(price))) return `it is at ${data.price}, and the trade was at ${price}`
  const back = new Map([
    [buyer, negate(decimal(quantity))],
    [seller, decimal(quantity)],
  ])
  const wrong = data.sides.find(({ account, quantity: by }) => {
    const must = back.get(account)
    return must === undefined || !equals(must, decimal(by))
  })
  return wrong === undefined ? undefined : `${wrong.account} is given ${wrong.quantity}`
}

/** Who is left below zero by it. */
const debtor = ({ healths }: Group, { data }: LedgerEventOf<'TradeBusted'>): string | undefined =>
  data.sides.map(({ account }) => account).find((id) => isNegative(healths().get(id)?.best ?? zero))

const isBust = (event: LedgerEvent): event is LedgerEventOf<'TradeBusted'> => event.type === 'TradeBusted'

/** A trade is busted once, in its time, at its own price and size, and makes nobody a debtor. */
export const bustedAsDealt = (): Law => {
  const dealt = new Map<string, Dealt>()
  return (group) => {
    for (const event of group.events) {
      if (event.type === 'TradeCleared') dealt.set(event.data.trade, { trade: event, until: until(event, group) })
      if (!isBust(event)) continue
      const trade = dealt.get(event.data.trade)
      const wrong = trade === undefined ? 'nothing of it is left' : differs(event, trade)
      if (wrong !== undefined) return `${event.data.trade} is busted: ${wrong}`
      const owing = debtor(group, event)
      if (owing !== undefined) return `${owing} is below zero by the bust of ${event.data.trade}`
      dealt.delete(event.data.trade)
    }
    return undefined
  }
}
