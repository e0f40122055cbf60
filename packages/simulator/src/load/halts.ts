import { formatTime } from '@novation/events'
import type { Dice } from '../engine/dice'
import { begin, type Scene } from './scene'
import { type Sending, sending } from './sending'

type State = 'open' | 'reduce-only' | 'halted'

/** What becomes of the markets of a world between two times: halts that end and that do not, notices of the end. */
export const halts = (dice: Dice, { pool, listed }: Scene, from: number, to: number): readonly Sending[] =>
  listed.flatMap(({ id }) => {
    const set = (at: number, state: State): Sending =>
      sending(pool, at, `state-${id}-${at}`, 'SetInstrumentState', { instrument: id, state })
    const at = dice.whole(from, to)
    const back = at + dice.whole(2_000, 40_000)
    const end = at + dice.whole(8_000, 90_000)
    const delisted = sending(pool, at, `delist-${id}`, 'DelistInstrument', {
      instrument: id,
      at: formatTime(begin + end),
    })
    return dice.pick<readonly Sending[]>([
      [set(at, 'halted'), set(back, 'open')],
      [set(at, 'halted'), set(back, 'open')],
      [set(at, 'halted'), set(back, 'reduce-only'), set(back + 20_000, 'open')],
      [set(at, 'reduce-only'), set(back, 'open')],
      [set(at, 'halted')],
      [set(at, 'halted')],
      [delisted, set(back, 'halted'), set(back + 3_000, 'open')],
    ])
  })
