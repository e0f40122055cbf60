import type { Dice } from '../engine/dice'
import { type Sending, sending } from './sending'

/** One more than an append holds, and a few who may come to nothing. */
const count = 126

/** Many small holders of the perpetual, all against one hub that may lose more than it has; they trade at `at_ms`. */
export const crowd = (pool: string, dice: Dice, at_ms: number): readonly Sending[] => {
  const members = Array.from({ length: count }, (_, i) => `w${String(i).padStart(3, '0')}`)
  const isLong = dice.chance(0.5)
  const open = (account: string) => sending(pool, 1_500, `open-${account}`, 'OpenAccount', { account })
  const bring = (account: string, amount: string) =>
    sending(pool, 3_000, `in-${account}`, 'Deposit', { account, asset: 'USD', amount })
  return [
    ...['hub', ...members].map(open),
    bring('hub', String(dice.whole(3_000, 4_000))),
    ...members.map((account) => bring(account, '60')),
    ...members.map((account) =>
      sending(
        pool,
        at_ms,
        `crowd-${account}`,
        'ClearTrade',
        {
          trade: `t-${account}`,
          instrument: 'BTC-PERP',
          buyer: isLong ? account : 'hub',
          seller: isLong ? 'hub' : account,
          quantity: '1',
          price: '100',
        },
        'venue',
      ),
    ),
  ]
}
