import { greaterThan } from '@novation/decimal'
import { healthOf } from '../state/health'
import type { Pool } from '../state/pool'
import { isTooLarge } from '../state/sizes'
import { stressAt } from '../state/stress'
import { accountIn, eventsOf, type Law } from './append'

const stressIn = (pool: Pool, id: string) => {
  const account = accountIn(pool, id)
  return stressAt(pool, account, healthOf(pool, account))
}

/**
 * Nobody comes to cost more by a jump, by a trade or a bid, or takes out anything, and is larger afterwards than others bear of
 * one owner: also where what was dealt in made a position smaller, which was a hedge.
 */
export const nobodyGrowsTooLarge: Law = ({ before, events, after }) => {
  const dealing = [
    ...eventsOf(events, 'TradeCleared').flatMap(({ data }) => [data.buyer, data.seller]),
    ...eventsOf(events, 'Liquidated').map(({ data }) => data.bidder),
  ].filter((id) => greaterThan(stressIn(after, id), stressIn(before, id)))
  const leaving = eventsOf(events, 'CollateralWithdrawn').map(({ data }) => data.account)
  const large = [...dealing, ...leaving].find((id) => isTooLarge(after, accountIn(after, id)))
  return large === undefined ? undefined : `${large} is larger afterwards than others bear of its owner`
}
