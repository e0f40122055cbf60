import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import type { Tally } from './tally'

/** Without a price nothing was traded, and there is nothing to show. */
export const assertPriced = ({ counts, rejections }: Tally): void => {
  if (counts.has('PriceTick')) return
  throw new Failure({
    id: 'no-price',
    exit: exitCodes.failed,
    what: 'the ledger accepted none of the prices, so nothing was traded',
    why: `rejected: ${[...rejections].map(([code, times]) => `${code} ${times}`).join(', ') || 'nothing'}`,
    remedy: 'look at the reasons with `novation tail --filter=type:CommandRejected`, and at the prices that were given',
  })
}
