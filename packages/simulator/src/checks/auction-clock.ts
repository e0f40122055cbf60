import { healthOf, type Liquidation, type Pool } from '@novation/clearing'
import { isNegative } from '@novation/decimal'
import type { EventData, LedgerEvent } from '@novation/events'
import type { Group, Law } from './law'
import { openLives } from './lives'

/** d by the clock, in doubles. */
const discountAt = ({ terms: { auction } }: Liquidation, t: number): number => {
  const [start, cutoff] = [Number(auction.start), Number(auction.cutoff)]
  const [fast, slow] = [auction.fastSeconds * 1000, auction.slowSeconds * 1000]
  if (t < fast) return start - ((start - cutoff) * t) / fast
  return t - fast >= slow ? 0 : cutoff * (1 - (t - fast) / slow)
}

type Fill = EventData<'Liquidated'>
type Started = EventData<'LiquidationStarted'>

const itemsOf = ({ positions, coins = [] }: Started): readonly string[] => [
  ...positions.map(({ instrument }) => instrument),
  ...coins.map(({ asset }) => asset),
]

/** What is marked by what is told of others lives by all of that: the laws of the rules look at its clock. */
const isOption = (pool: Pool, id: string): boolean => pool.instruments.get(id)?.option !== undefined

/**
 * What a bidder is paid follows the clock of what could be dealt in, and nothing sets it back; here it is counted from the
 * prices themselves. Of one instrument alone, so that there is nothing to weigh.
 */
export const paidByTheClock = (): Law => {
  const lives = openLives()
  const began = new Map<string, number>()

  const wrongPrice = (before: Pool, at: number, fill: Fill): string | undefined => {
    const account = before.accounts.get(fill.account)
    const open = account?.liquidation
    const [only, ...others] = account?.positions.keys() ?? []
    const from = began.get(`${fill.liquidation} ${only}`)
    const hasCoins = (account?.balances.size ?? 0) > 1
    if (
      open === undefined ||
      only === undefined ||
      others.length > 0 ||
      hasCoins ||
      isOption(before, only) ||
      account?.margin === 'portfolio' ||
      from === undefined ||
      !fill.solvent
    )
      return undefined
    const isBreached = Number(fill.equity) < Number(fill.maintenanceMargin)
    const expected = isBreached ? discountAt(open, lives.livedOf(only, at) - from) : Number(open.terms.auction.start)
    return Math.abs(Number(fill.discount) - Math.max(0, expected)) > 1e-9
      ? `${fill.liquidation} is sold at a discount of ${fill.discount}, by its clock ${expected}`
      : undefined
  }

  return ({ before, events }) => {
    for (const event of events) {
      const at = Date.parse(event.at)
      const wrong = event.type === 'Liquidated' ? wrongPrice(before, at, event.data) : undefined
      if (wrong !== undefined) return wrong
      lives.note(before, event)
      if (event.type === 'LiquidationStarted')
        for (const { instrument } of event.data.positions)
          began.set(`${event.data.liquidation} ${instrument}`, lives.livedOf(instrument, at))
    }
    return undefined
  }
}

/** An item of an auction: what it had lived when the auction began, and so far while the account was below zero. */
interface Item {
  readonly id: string
  readonly from_ms: number
  below_ms: number
  notedAt_ms: number
}

interface Running {
  readonly items: readonly Item[]
  solvent: boolean
}

/** The auctions that something says are over, or treats as such. */
const overBy = ({ type, data, metadata: { command } }: LedgerEvent): readonly string[] => {
  if (type === 'TimePassed') return data.due.flatMap(({ what, id }) => (what === 'auction' ? [id] : []))
  if (type === 'AuctionTurned') return data.over ? [data.liquidation] : []
  const isLast = command?.type === 'Deleverage' || command?.type === 'CloseOut'
  return isLast && type !== 'CommandRejected' ? [command.data.liquidation] : []
}

/**
 * No auction is over before its own time, counted from the prices themselves: t is a mean of the clocks of its items, so the
 * oldest of them has run for at least as long as the whole lasts, or for as long below zero as that may last. That of a debit,
 * which goes on where the one before it stood, is left out, and so is one of options.
 */
export const notOverBeforeItsTime = (): Law => {
  const lives = openLives()
  const running = new Map<string, Running>()

  const begin = (pool: Pool, { liquidation, cause, solvent, ...started }: Started, at: number): void => {
    if (cause === 'debit' || itemsOf(started as Started).some((id) => isOption(pool, id))) return
    const items = itemsOf(started as Started).map((id) => {
      const from_ms = lives.livedOf(id, at)
      return { id, from_ms, below_ms: 0, notedAt_ms: from_ms }
    })
    running.set(liquidation, { items, solvent })
  }

  const belowOf = ({ solvent }: Running, { id, below_ms, notedAt_ms }: Item, at: number): number =>
    below_ms + (solvent ? 0 : lives.livedOf(id, at) - notedAt_ms)

  const turn = (auction: Running, solvent: boolean, at: number): void => {
    for (const item of auction.items) {
      item.below_ms = belowOf(auction, item, at)
      item.notedAt_ms = lives.livedOf(item.id, at)
    }
    auction.solvent = solvent
  }

  /** Whether it is below zero: as it turns, or as it stood. */
  const isBelow = (before: Pool, id: string, event: LedgerEvent): boolean => {
    const account = before.accounts.get(id)
    if (event.type === 'AuctionTurned') return !event.data.solvent
    return account !== undefined && isNegative(healthOf(before, account).best)
  }

  /**
   * While nothing can be dealt in it is not judged anew whether an auction is over: a price that comes in a halt leaves it so,
   * and so does a tolerance that makes of the last price an old one.
   */
  const standsStill = (pool: Pool, id: string): boolean => {
    const account = pool.accounts.get(id)
    if (account?.liquidation?.over !== true) return false
    const { positions, collateral } = healthOf(pool, account)
    return ![...positions, ...collateral.coins].some(({ live }) => live)
  }

  const early = (
    { before, after }: Pick<Group, 'before' | 'after'>,
    liquidation: string,
    event: LedgerEvent,
    at: number,
  ): string | undefined => {
    const auction = running.get(liquidation)
    const account = before.accounts.get(before.liquidations.get(liquidation) ?? '')
    const open = account?.liquidation
    if (auction === undefined || account === undefined || open === undefined) return undefined
    if (event.type === 'AuctionTurned' && [before, after].some((pool) => standsStill(pool, account.id)))
      return undefined
    const { fastSeconds, slowSeconds, insolventSeconds } = open.terms.auction
    const t = Math.max(...auction.items.map(({ id, from_ms }) => lives.livedOf(id, at) - from_ms))
    if (t >= (fastSeconds + slowSeconds) * 1000) return undefined
    const below = Math.max(...auction.items.map((item) => belowOf(auction, item, at)))
    if (isBelow(before, account.id, event) && below >= insolventSeconds * 1000) return undefined
    return `${liquidation} is over after ${t} ms, ${below} of them below zero`
  }

  return ({ before, after, events }) => {
    for (const event of events) {
      const at = Date.parse(event.at)
      for (const liquidation of overBy(event)) {
        const wrong = early({ before, after }, liquidation, event, at)
        if (wrong !== undefined) return wrong
      }
      lives.note(before, event)
      if (event.type === 'LiquidationStarted') begin(before, event.data, at)
      if (event.type === 'LiquidationEnded') running.delete(event.data.liquidation)
      const auction = event.type === 'AuctionTurned' ? running.get(event.data.liquidation) : undefined
      if (auction !== undefined && event.type === 'AuctionTurned') turn(auction, event.data.solvent, at)
    }
    return undefined
  }
}
