import type { Dice } from '../engine/dice'
import { quantityOf, quoted, unitsFor } from './listed'
import type { Scene } from './scene'
import { type Sending, sending } from './sending'
import { initialFor } from './terms'

/**
 * How many, where parts of bulk work are small; where a part is what it is everywhere, one more than a deleveraging holds,
 * or one more than any append, and a few who may come to nothing.
 */
const countOf = (dice: Dice, { traits }: Scene): number =>
  traits.has('parts') ? dice.whole(6, 16) : dice.pick([50, 50, 126])

/** Many small holders of the first instrument, all against one hub that may lose more than it has; they trade at `at_ms`. */
export const crowd = (dice: Dice, scene: Scene, at_ms: number): readonly Sending[] => {
  const { pool, listed } = scene
  const [instrument] = listed
  const count = countOf(dice, scene)
  const members = Array.from({ length: count }, (_, i) => `w${String(i).padStart(3, '0')}`)
  const isLong = dice.chance(0.5)
  const open = (account: string) => sending(pool, 1_500, `open-${account}`, 'OpenAccount', { account })
  const bring = (account: string, amount: string) =>
    sending(pool, 3_000, `in-${account}`, 'Deposit', { account, asset: 'USD', amount })
  return [
    ...['hub', ...members].map(open),
    bring('hub', String(Math.ceil(initialFor(instrument.margin, 100 * count) * (1.05 + 0.3 * dice.next())))),
    ...members.map((account) => bring(account, '70')),
    ...members.map((account) =>
      sending(
        pool,
        at_ms,
        `crowd-${account}`,
        'ClearTrade',
        {
          trade: `t-${account}`,
          instrument: instrument.id,
          buyer: isLong ? account : 'hub',
          seller: isLong ? 'hub' : account,
          quantity: quantityOf(instrument, unitsFor(instrument, 100)),
          price: quoted(instrument, instrument.price),
        },
        'venue',
      ),
    ),
  ]
}
