import type { Ratio } from '@novation/decimal'
import type { Millis } from '@novation/events'
import { endsAt, passedIn } from '../state/auction-clock'
import { hasOnlyCoins } from '../state/duties'
import { healthOf } from '../state/health'
import type { Account, Pool } from '../state/pool'
import type { Liquidation } from '../state/values'
import { auctioned } from './sizing'

/** `auction`: open to bids; `backstop`: over, the backstop's turn; `deleverage`, and of coins alone `close-out`: nobody took the rest. */
export type Stage = 'auction' | 'backstop' | 'deleverage' | 'close-out'

/** How the auction of an account stands now. */
export interface AuctionNow {
  readonly stage: Stage
  readonly startedAt: Millis
  /** How long it has been dealt in so far. */
  readonly elapsed_ms: Millis
  /** When it is over, if it is dealt in all the time until then. */
  readonly endsAt: Millis | undefined
  /** d: the share of its value that the account keeps. */
  readonly discount: Ratio
  /** What the fund promises for taking risk, per requirement taken. */
  readonly promised: Ratio
}

/** An open auction as it stands now. */
export const auctionNow = (pool: Pool, account: Account, open: Liquidation): AuctionNow => {
  const health = healthOf(pool, account)
  const { discount, promised } = auctioned(pool, open, health)
  const last = hasOnlyCoins(health) ? 'close-out' : 'deleverage'
  const turn = open.backstopped ? last : 'backstop'
  return {
    stage: open.over ? turn : 'auction',
    startedAt: open.startedAt,
    elapsed_ms: passedIn(pool, open, health).elapsed_ms,
    endsAt: endsAt(pool, open, health),
    discount,
    promised,
  }
}
