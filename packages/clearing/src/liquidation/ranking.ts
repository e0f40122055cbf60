import { isPositive } from '@novation/decimal'
import { compareDeleveraging, cycleOf, deleveragingRank } from '@novation/risk'
import { maturedAt } from '../state/gains'
import { healthOf, isBreached, positionMargin } from '../state/health'
import type { Account, Instrument, Pool, Ranked, Ranking } from '../state/pool'
import { profitOf } from '../state/profit'
import { signOf } from '../trading/leg'
import { freeOfPosition } from './hedges'

type Side = 1 | -1

const byId = (a: Ranked, b: Ranked): number => (a.id < b.id ? -1 : 1)

const rankedIn = (pool: Pool, account: Account, instrument: Instrument, side: Side): Ranked | undefined => {
  const position = account.positions.get(instrument.id)
  if (position === undefined || signOf(position.quantity) !== side) return undefined
  const health = healthOf(pool, account)
  const valued = health.positions.find((held) => held.instrument === instrument)
  if (valued === undefined) return undefined
  const profit = profitOf(pool, account)
  const free = freeOfPosition(pool, account, health, valued)
  const gains = isPositive(valued.unrealised) && isPositive(profit)
  const rank = deleveragingRank({ id: account.id, profit, worth: health.worst, maintenance: positionMargin(health) })
  return { account, health, valued, free, gains, ...rank }
}

/** Accounts below their own line first, by id; then those in profit and the others, by rank. */
const groupFor = (ranking: Ranking, { health, gains }: Ranked) => {
  if (isBreached(health)) return { group: ranking.breached, order: byId }
  return { group: gains ? ranking.gaining : ranking.others, order: compareDeleveraging }
}

/** Where somebody stands in a group, or would. */
const placeIn = (group: readonly Ranked[], ranked: Ranked, order: (a: Ranked, b: Ranked) => number): number => {
  let [low, high] = [0, group.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const other = group[middle]
    if (other !== undefined && order(other, ranked) < 0) low = middle + 1
    else high = middle
  }
  return low
}

const leave = (ranking: Ranking, account: Account): void => {
  const old = ranking.members.get(account)
  if (old === undefined) return
  const { group, order } = groupFor(ranking, old)
  group.splice(placeIn(group, old, order), 1)
  ranking.members.delete(account)
}

const enter = (ranking: Ranking, ranked: Ranked): void => {
  const { group, order } = groupFor(ranking, ranked)
  group.splice(placeIn(group, ranked, order), 0, ranked)
  ranking.members.set(ranked.account, ranked)
}

/** What was fresh when it was looked at may have stood since. */
const cycleNow = (pool: Pool): number => cycleOf(maturedAt(pool), pool.parameters.maturity_s)

const rankAll = (pool: Pool, instrument: Instrument, side: Side): Ranking => {
  const { priceMoves, accounts } = pool.standing.changes
  const ranking: Ranking = {
    priceMoves,
    cycle: cycleNow(pool),
    seen: accounts.length,
    members: new Map(),
    breached: [],
    gaining: [],
    others: [],
  }
  for (const holder of instrument.holders) {
    const ranked = rankedIn(pool, holder, instrument, side)
    if (ranked === undefined) continue
    ranking.members.set(holder, ranked)
    groupFor(ranking, ranked).group.push(ranked)
  }
  ranking.breached.sort(byId)
  ranking.gaining.sort(compareDeleveraging)
  ranking.others.sort(compareDeleveraging)
  return ranking
}

/** Whoever holds one side of an instrument, as they are closed out against a defaulter on the other. */
export const rankingOf = (pool: Pool, instrument: Instrument, side: Side): Ranking => {
  const { changes } = pool.standing
  const { stand } = instrument
  const known = side === 1 ? stand.longs : stand.shorts
  const isGood = known?.priceMoves === changes.priceMoves && known.cycle === cycleNow(pool)
  const ranking = isGood ? known : rankAll(pool, instrument, side)
  if (side === 1) stand.longs = ranking
  else stand.shorts = ranking
  changes.isRead = true
  for (const account of new Set(changes.accounts.slice(ranking.seen))) {
    leave(ranking, account)
    const ranked = rankedIn(pool, account, instrument, side)
    if (ranked !== undefined) enter(ranking, ranked)
  }
  ranking.seen = changes.accounts.length
  return ranking
}
