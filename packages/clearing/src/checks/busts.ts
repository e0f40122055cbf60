import { format } from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import type { Pool } from '../state/pool'
import type { Chronicle } from './append'

/** All that a trade changes of one side: what it holds, what that has cost, how crowded it is, its cash, and what it has made. */
const sideOf = (pool: Pool, id: string, instrument: string): string => {
  const account = pool.accounts.get(id)
  const position = account?.positions.get(instrument)
  const held = position === undefined ? [] : [position.quantity, position.cash, position.crowding].map(format)
  const made = (account?.gains.get(instrument) ?? []).flatMap((gains) => {
    const all = [format(gains.made), format(gains.cut)]
    return all.every((amount) => amount === '0') ? [] : [`${gains.from}: ${all.join(' less ')}`]
  })
  const cash = account?.balances.get(pool.settlementAsset ?? '')
  return JSON.stringify([held, cash === undefined ? '0' : format(cash), made])
}

/** Which accounts an event touches, by what it posts. */
const touched = ({ postings }: LedgerEvent): readonly string[] =>
  postings.flatMap(({ account }) => (account.startsWith('trader/') ? [account.split('/')[1] ?? ''] : []))

interface Dealt {
  readonly instrument: string
  /** How each side stood before; one that anything has happened to since is left out. */
  readonly sides: Map<string, string>
}

/** A trade and its bust come to nothing for whom nothing else happened to meanwhile. */
export const bustsLeaveNothing: Chronicle = () => {
  const dealt = new Map<string, Dealt>()
  return ({ before, events, after }) => {
    const [first] = events
    for (const { type, data } of events) {
      const sides = type === 'TradeBusted' ? dealt.get(data.trade)?.sides : undefined
      for (const [id, was] of type === 'TradeBusted' && sides !== undefined ? sides : []) {
        const is = sideOf(after, id, type === 'TradeBusted' ? data.instrument : '')
        if (events.some((event) => event.type !== 'TradeBusted' && touched(event).includes(id))) continue
        if (is !== was) return `${id} stood at ${was} before a trade that is busted, and stands at ${is} after that`
      }
    }
    for (const { sides } of dealt.values()) for (const id of events.flatMap(touched)) sides.delete(id)
    if (first?.type !== 'TradeCleared') return undefined
    const { trade, instrument, buyer, seller } = first.data
    // Funding that was due is paid with the trade, and not given back.
    if (events.some(({ type }) => type === 'FundingSettled')) return undefined
    dealt.set(trade, {
      instrument,
      sides: new Map([buyer, seller].map((id) => [id, sideOf(before, id, instrument)])),
    })
    return undefined
  }
}
