import type { Dice } from '../engine/dice'
import { gold, type Scene } from './scene'
import { type Sending, sending } from './sending'
import { marginTerms } from './terms'

/** Terms that an operator changes between two times: of each instrument, and of other collateral. */
export const changes = (dice: Dice, { pool, listed, traits }: Scene, from: number, to: number): readonly Sending[] => {
  const times = (): readonly number[] => Array.from({ length: dice.whole(1, 4) }, () => dice.whole(from, to))
  const tables = listed.flatMap(({ id }) =>
    times().map((at, i) =>
      sending(pool, at, `terms-${id}-${i}`, 'SetInstrumentParameters', {
        instrument: id,
        margin: dice.pick([
          marginTerms(dice, traits),
          { model: 'tiered', tiers: [{ initial: '0.6', maintenance: '0.5' }] },
          { model: 'tiered', tiers: [{ initial: '0.02', maintenance: '0.005' }] },
        ]),
      }),
    ),
  )
  const haircuts = traits.has('collateral')
    ? times().map((at, i) =>
        sending(pool, at, `haircut-${i}`, 'SetAssetParameters', {
          asset: gold,
          haircut: dice.pick(['0', '0.1', '0.5', '0.95', '1']),
        }),
      )
    : []
  return [...tables, ...haircuts]
}
