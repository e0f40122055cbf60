import { format, zero } from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import { maturedAt, notStood } from '../state/gains'
import type { Pool } from '../state/pool'
import type { CycleGains } from '../state/values'
import type { Chronicle } from './append'

/** One side of a trade: its account, and what the account has made where it was dealt. */
interface Side {
  readonly held: readonly string[]
  readonly cash: string
  readonly gains: readonly CycleGains[]
}

/** All that a trade changes of one side: what it holds, what that has cost, how crowded it is, its cash, and what it has made. */
const sideOf = (pool: Pool, id: string, instrument: string): Side => {
  const account = pool.accounts.get(id)
  const position = account?.positions.get(instrument)
  return {
    held: position === undefined ? [] : [position.quantity, position.cash, position.crowding].map(format),
    cash: format(account?.balances.get(pool.settlementAsset ?? '') ?? zero),
    gains: account?.gains.get(instrument) ?? [],
  }
}

/** A side in words. What it made that has stood by `pool`'s time counts no longer, and is forgotten when something else is made. */
const inWords = (pool: Pool, { held, cash, gains }: Side): string => {
  const made = notStood(pool, gains, maturedAt(pool)).flatMap(({ from, ...gain }) => {
    const all = [format(gain.made), format(gain.cut)]
    return all.every((amount) => amount === '0') ? [] : [`${from}: ${all.join(' less ')}`]
  })
  return JSON.stringify([held, cash, made])
}

/** Which accounts an event touches, by what it posts. */
const touched = ({ postings }: LedgerEvent): readonly string[] =>
  postings.flatMap(({ account }) => (account.startsWith('trader/') ? [account.split('/')[1] ?? ''] : []))

interface Dealt {
  readonly instrument: string
  /** How each side stood before; one that anything has happened to since is left out. */
  readonly sides: Map<string, Side>
}

/** A trade and its bust come to nothing for whom nothing else happened to meanwhile. */
export const bustsLeaveNothing: Chronicle = () => {
  const dealt = new Map<string, Dealt>()
  return ({ before, events, after }) => {
    const [first] = events
    for (const { type, data } of events) {
      if (type !== 'TradeBusted') continue
      for (const [id, side] of dealt.get(data.trade)?.sides ?? []) {
        if (events.some((event) => event.type !== 'TradeBusted' && touched(event).includes(id))) continue
        const [was, is] = [side, sideOf(after, id, data.instrument)].map((one) => inWords(after, one))
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
