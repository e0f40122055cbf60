import { isPositive } from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import { liveTime } from '../state/auction-clock'
import { collateralOf } from '../state/holders'
import { backstop } from '../state/names'
import type { Pool } from '../state/pool'
import { accountIn, type Chronicle, wouldReject } from './append'

/** How far each clock of the open auctions has come, by auction and item. */
const clocksIn = (pool: Pool): ReadonlyMap<string, number> =>
  new Map(
    [...pool.liquidations].flatMap(([id, name]) =>
      (accountIn(pool, name).liquidation?.clocks ?? []).map((clock): [string, number] => {
        const priced = pool.instruments.get(clock.id) ?? pool.assets.get(clock.id)
        return [`${clock.id} in ${id}`, priced === undefined ? 0 : liveTime(pool, priced) - clock.from]
      }),
    ),
  )

/** No clock of an auction ever goes back: no fill, tick, deposit or change of sign sets anything back. */
export const noClockGoesBack: Chronicle = () => {
  let before: ReadonlyMap<string, number> = new Map()
  return ({ after }) => {
    const now = clocksIn(after)
    const back = [...now].find(([clock, passed_ms]) => passed_ms < (before.get(clock) ?? 0))
    before = now
    return back === undefined ? undefined : `the clock of ${back[0]} went back to ${back[1]} ms`
  }
}

/** The backstop has capital, and may bid for this account. */
const stands = (pool: Pool, against: string): boolean => {
  const keeper = pool.accounts.get(backstop)
  return (
    keeper !== undefined &&
    keeper.id !== against &&
    keeper.liquidation === undefined &&
    isPositive(collateralOf(keeper, pool.settlementAsset ?? ''))
  )
}

/** How the backstop's turn at an auction that is over has ended: by a fill, or since it could not bear it, as things stand or stood. */
type Turn = 'filled' | 'moved' | 'refused'

const turnsIn = (before: Pool, events: readonly LedgerEvent[]): readonly (readonly [string, Turn])[] =>
  events.flatMap(({ type, data, metadata: { command, actor } }): readonly (readonly [string, Turn])[] => {
    if (type === 'Liquidated' && data.bidder === backstop) return [[data.liquidation, 'filled']]
    const refused = type === 'CommandRejected' && data.code !== 'stale-price' && actor === `keeper:${backstop}`
    if (!refused || command?.type !== 'BidLiquidation') return []
    const { liquidation } = command.data
    const open = before.accounts.get(before.liquidations.get(liquidation) ?? '')?.liquidation
    return open?.over === true ? [[liquidation, 'refused']] : []
  })

const bids = ['1', '0.5', '0.2', '0.05'] as const

/**
 * Whoever is deleveraged was more than the backstop could bear: it has no capital, or has had its turn; and where it has
 * turned down the account as it stands, it could not have taken a part either.
 */
export const theBackstopComesFirst: Chronicle = () => {
  let turns: ReadonlyMap<string, Turn> = new Map()
  return ({ before, events, after }) => {
    const [first] = events
    const command = first?.metadata.command
    const so = turns
    // What was refused was refused as things stood: whatever moves them, the backstop may bear more again, and is not asked.
    const moved = events.some(({ type }) => type !== 'CommandRejected' && type !== 'LiquidationEnded')
    turns = new Map(
      [...turns, ...turnsIn(before, events)]
        .map(([id, turn]) => [id, moved && turn === 'refused' ? 'moved' : turn] as const)
        .filter(([id]) => after.liquidations.has(id)),
    )
    if (first === undefined || command?.type !== 'Deleverage' || first.type === 'CommandRejected') return undefined
    const { liquidation } = command.data
    const id = before.liquidations.get(liquidation) ?? ''
    if (!stands(before, id)) return undefined
    const turn = so.get(liquidation)
    if (turn === undefined) return `the backstop stands, and has had no turn at ${liquidation}`
    const borne = bids.find((fraction) => {
      const bid = { liquidation, bidder: backstop, fraction }
      return (
        wouldReject(before, first.at, { type: 'BidLiquidation', actor: `keeper:${backstop}`, data: bid }) === undefined
      )
    })
    return turn === 'refused' && borne !== undefined
      ? `${accountIn(before, id).id} is deleveraged, of whom the backstop could bear ${borne}`
      : undefined
  }
}
